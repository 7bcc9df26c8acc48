package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.domain.log.LogCheckpoint;
import java.util.List;

/**
 * All that a checkpoint needs to know, from the moment when it was prepared.
 *
 * @param checkpoint what it is to the log's owner
 * @param flushes    what has to be made durable for it
 * @param content    what its file says, but for the aborted transactions
 */
record PreparedCheckpoint(LogCheckpoint checkpoint, List<Segment.Flush> flushes, CheckpointFile.Content content) {
    /** That of a log with these segments, of which those that begin before {@code unflushedFrom} are durable. */
    static PreparedCheckpoint of(LogCheckpoint next, SegmentList present, long unflushedFrom) {
        long endOffset = next.endOffset();
        CheckpointFile.Content content = new CheckpointFile.Content(
                endOffset,
                present.isEmpty() ? endOffset : present.active().baseOffset(),
                present.isEmpty() ? 0 : present.active().size(),
                List.of(),
                next.state());
        return new PreparedCheckpoint(next, present.prepareFlush(unflushedFrom, endOffset), content);
    }
}
