/** The log of one partition: segment files, their sparse indexes, the checkpoint, and recovery after a crash. */
package io.strikemq.adapter.storage.mmap.log;
