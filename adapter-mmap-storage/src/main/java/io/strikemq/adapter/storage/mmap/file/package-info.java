/** What the file system lacks: atomic replacement, deletion of trees, mappings with holders, errors in the words of the domain. */
package io.strikemq.adapter.storage.mmap.file;
