package io.strikemq.application.partition;

import io.strikemq.domain.log.LogRead;
import io.strikemq.domain.log.LogSlice;
import io.strikemq.domain.log.ReadLimit;
import io.strikemq.domain.log.ReadLimit.FirstBatch;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.record.BatchLayout;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicSettings;
import java.nio.ByteBuffer;

/**
 * Decides when the segment ends that a partition appends to, by Kafka's rule: when the batch to be appended is later than
 * the first one of the segment by more than segment.ms, less a part of segment.jitter.ms. A segment whose first batch has no
 * timestamp ends that long after it was begun here, or opened. How large it may be is left to the log, which is told
 * what has changed in the topic's configs. Called under the partition's lock.
 */
final class SegmentRolling {
    private static final long NONE = -1;

    private final TopicPartition partition;
    private final Clock clock;

    /** What the log was last told of. */
    private TopicSettings known;

    private long segment = NONE;
    /** Whether its first batch has yet to be looked at. */
    private boolean isFirstUnread;
    /** The latest timestamp of its first batch; negative if there is none. */
    private long firstMillis;
    /** When it was begun here, or opened. */
    private long begunMillis;

    SegmentRolling(TopicPartition partition, Clock clock) {
        this.partition = partition;
        this.clock = clock;
    }

    /** The log was opened. */
    void opened(PartitionLog log) {
        segment = log.activeSegment().orElse(NONE);
        isFirstUnread = segment != NONE;
        firstMillis = NONE;
        begunMillis = clock.wallClockMillis();
    }

    /** Before a batch is appended: tells the log what it has to know. */
    void before(RecordBatch batch, PartitionLog log, TopicSettings settings) {
        if (settings != known) {
            log.configure(settings.logSettings());
            known = settings;
        }
        if (isFirstUnread) {
            isFirstUnread = false;
            firstMillis = firstMillis(log);
        }
        if (segment != NONE && age(batch) > settings.life().segmentMs() - jitter(settings)) {
            log.rollSegment();
        }
    }

    /** The batch was appended. */
    void after(RecordBatch batch, PartitionLog log) {
        long active = log.activeSegment().orElse(NONE);
        if (active != segment) {
            segment = active;
            firstMillis = batch.maxTimestamp();
            begunMillis = firstMillis < 0 ? clock.wallClockMillis() : 0;
        }
    }

    private long age(RecordBatch batch) {
        return firstMillis >= 0 ? batch.maxTimestamp() - firstMillis : clock.wallClockMillis() - begunMillis;
    }

    /** The same for a segment whenever it is asked for, and another one for the next segment or partition. */
    private long jitter(TopicSettings settings) {
        long most = Math.min(settings.life().segmentJitterMs(), settings.life().segmentMs());
        return most <= 0
                ? 0
                : Math.floorMod(31L * partition.hashCode() + Long.hashCode(segment * 0x9E3779B97F4A7C15L), most);
    }

    /** Of the first batch that can still be read: that of a segment of which some records were deleted may be gone. */
    private long firstMillis(PartitionLog log) {
        long offset = Math.max(segment, log.startOffset());
        LogRead read = log.read(offset, new ReadLimit(Long.MAX_VALUE, 1, FirstBatch.ALWAYS));
        LogSlice slice = read.found().orElse(LogSlice.EMPTY);
        try {
            return slice.sizeInBytes() < BatchLayout.HEADER_SIZE ? NONE : maxTimestamp(slice);
        } finally {
            slice.release();
        }
    }

    private static long maxTimestamp(LogSlice slice) {
        ByteBuffer first = slice.buffers().get(0);
        return BatchLayout.maxTimestamp(first, first.position());
    }
}
