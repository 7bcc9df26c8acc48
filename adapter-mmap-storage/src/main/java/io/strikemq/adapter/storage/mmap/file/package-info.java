/** What the file system lacks: atomic replacement, deletion of trees, mappings with holders, errors in our words. */
package io.strikemq.adapter.storage.mmap.file;
