package io.strikemq.domain.log;

import java.util.Optional;

/** What a read from a log found. */
public sealed interface LogRead {
    /** The batches found, for whoever asks only whether there are some; empty when the offset lies outside the log. */
    default Optional<LogSlice> found() {
        return Optional.empty();
    }

    /** The damage found, for whoever asks for nothing else. */
    default Optional<Damaged> damage() {
        return Optional.empty();
    }

    /**
     * Batches, the first of which holds the offset asked for (or the next one present). Empty at the end, and where the
     * limit lets not even the first one through.
     */
    record Found(LogSlice slice) implements LogRead {
        @Override
        public Optional<LogSlice> found() {
            return Optional.of(slice);
        }
    }

    /** The offset lies before the log start offset. */
    record BelowStart(long startOffset) implements LogRead {}

    /** The offset lies after the log end offset. */
    record PastEnd(long endOffset) implements LogRead {}

    /**
     * What is stored at the offset is damaged.
     *
     * @param nextOffset larger than the offset asked for: from there on the log can be read again
     * @param reason     a sentence for users, without a full stop
     */
    record Damaged(long nextOffset, String reason) implements LogRead {
        @Override
        public Optional<Damaged> damage() {
            return Optional.of(this);
        }
    }
}
