package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.domain.record.BatchLayout;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Finds out how much of a segment is whole: every batch complete, with a right CRC, and behind the one before.
 *
 * <p>It only reads, so that the outcome depends on the bytes alone. On its way it fills the index of the segment.
 */
final class Recovery {
    /** Why the whole batches end where they end. */
    enum End {
        /** The file ends there. */
        OF_FILE("the end of the file"),
        /** The file was grown ahead of the writer, and there are zeros only. */
        OF_WRITTEN_BYTES("bytes that were never written"),
        CUT_OFF("a batch that is cut off"),
        NOT_A_BATCH("bytes that are no batch"),
        OFFSET_GOES_BACK("a batch whose offset goes back"),
        WRONG_CRC("a batch with a wrong CRC");

        private final String description;

        End(String description) {
            this.description = description;
        }

        /** Whether there is something behind the whole batches that a crash or a fault has left. */
        boolean isDamage() {
            return this != OF_FILE && this != OF_WRITTEN_BYTES;
        }

        @Override
        public String toString() {
            return description;
        }
    }

    /**
     * @param length    how many bytes of the segment are whole batches
     * @param endOffset the offset behind the last of them
     * @param end       what comes behind them
     */
    record Findings(int length, long endOffset, End end) {}

    private final BatchWindow window;
    private final long baseOffset;
    private final IndexFiller filler;

    Recovery(BatchWindow window, long baseOffset, IndexFiller filler) {
        this.window = window;
        this.baseOffset = baseOffset;
        this.filler = filler;
    }

    /** Scans from a position, where a batch begins, and where offsets of at least {@code endOffset} are expected. */
    Findings scan(int position, long endOffset) throws IOException {
        int at = position;
        long next = endOffset;
        while (at < window.length()) {
            End flaw = flawAt(at, next);
            if (flaw != null) {
                return new Findings(at, next, window.isZeroFrom(at) ? End.OF_WRITTEN_BYTES : flaw);
            }
            int index = window.load(at, BatchLayout.HEADER_SIZE);
            filler.add(window.bytes(), index, at, baseOffset);
            next = BatchLayout.lastOffset(window.bytes(), index) + 1;
            at += BatchLayout.sizeInBytes(window.bytes(), index);
        }
        return new Findings(at, next, End.OF_FILE);
    }

    /** What is wrong with the batch that should begin here; null if nothing. */
    private End flawAt(int at, long next) throws IOException {
        int left = window.length() - at;
        if (left < BatchLayout.HEADER_SIZE) {
            return End.CUT_OFF;
        }
        int index = window.load(at, BatchLayout.HEADER_SIZE);
        ByteBuffer bytes = window.bytes();
        long size = BatchLayout.LENGTH_OVERHEAD + (long) bytes.getInt(index + BatchLayout.LENGTH);
        if (BatchLayout.magic(bytes, index) != 2 || size < BatchLayout.HEADER_SIZE) {
            return End.NOT_A_BATCH;
        }
        if (size > left) {
            return End.CUT_OFF;
        }
        long first = BatchLayout.baseOffset(bytes, index);
        if (first < next || BatchLayout.lastOffset(bytes, index) < first) {
            return End.OFFSET_GOES_BACK;
        }
        index = window.load(at, (int) size);
        return BatchLayout.crcMatches(window.bytes(), index, (int) size) ? null : End.WRONG_CRC;
    }
}
