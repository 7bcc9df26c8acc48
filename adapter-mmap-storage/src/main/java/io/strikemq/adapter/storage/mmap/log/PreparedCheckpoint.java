package io.strikemq.adapter.storage.mmap.log;

import java.util.List;

/**
 * All that a checkpoint needs to know, from the moment when it was prepared.
 *
 * @param flushes    what has to be made durable for it
 * @param content    what its file says, but for the aborted transactions
 */
record PreparedCheckpoint(List<Segment.Flush> flushes, CheckpointFile.Content content) {}
