package io.strikemq.application.compaction;

import io.strikemq.application.partition.PartitionSegments;
import io.strikemq.domain.log.AbortedTransaction;
import io.strikemq.domain.port.out.SegmentReplacement;
import java.nio.ByteBuffer;
import java.util.List;

/** Writes what is left of some segments, many batches at once. */
final class SegmentWriting implements AutoCloseable {
    private final PartitionSegments segments;
    private final SegmentReplacement replacement;
    private final ByteBuffer buffer;

    SegmentWriting(PartitionSegments segments, long baseOffset, int bytesAtOnce) {
        this.segments = segments;
        this.replacement = segments.replaceFrom(baseOffset);
        this.buffer = ByteBuffer.allocate(bytesAtOnce);
    }

    /** Adds a batch, from position to limit. */
    void add(ByteBuffer batch) {
        if (batch.remaining() > buffer.remaining()) {
            flush();
        }
        if (batch.remaining() > buffer.remaining()) {
            replacement.append(batch);
        } else {
            buffer.put(batch.duplicate());
        }
    }

    /** Adds aborted transactions whose markers were added. */
    void addAborted(List<AbortedTransaction> transactions) {
        if (!transactions.isEmpty()) {
            flush();
            transactions.forEach(replacement::addAborted);
        }
    }

    /** How many bytes were added. */
    long sizeInBytes() {
        return replacement.sizeInBytes() + buffer.position();
    }

    /** {@link SegmentReplacement#install}. */
    Runnable install(long limitOffset) {
        flush();
        return segments.install(replacement, limitOffset);
    }

    private void flush() {
        if (buffer.position() > 0) {
            replacement.append(buffer.flip());
            buffer.clear();
        }
    }

    @Override
    public void close() {
        replacement.close();
    }
}
