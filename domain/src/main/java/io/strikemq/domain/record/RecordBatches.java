package io.strikemq.domain.record;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Finds the v2 batches that lie one after the other in a buffer. */
public final class RecordBatches {
    private RecordBatches() {}

    /** Whether the first entry from position on is a v2 batch, whole or not, that says it is of a transaction. */
    public static boolean beginsTransactional(ByteBuffer buffer) {
        int at = buffer.position();
        return buffer.limit() - at >= BatchLayout.HEADER_SIZE
                && BatchLayout.magic(buffer, at) == MessageFormat.V2
                && new RecordBatch(buffer, at).isTransactional();
    }

    /** Whether the bytes from there on are fewer than the batch says that they are a part of. */
    static boolean isCutOff(ByteBuffer buffer, int at) {
        int left = buffer.limit() - at;
        return left < BatchLayout.HEADER_SIZE || BatchLayout.sizeInBytes(buffer, at) > left;
    }

    /** The offset behind the last whole batch of these buffers, of which only the last may be cut off; 0 without any. */
    public static long endOffset(List<ByteBuffer> buffers) {
        long end = 0;
        for (ByteBuffer buffer : buffers) {
            int at = buffer.position();
            while (buffer.limit() - at >= BatchLayout.HEADER_SIZE) {
                int size = BatchLayout.sizeInBytes(buffer, at);
                if (size < BatchLayout.HEADER_SIZE || size > buffer.limit() - at) {
                    break;
                }
                end = BatchLayout.lastOffset(buffer, at) + 1;
                at += size;
            }
        }
        return end;
    }

    /** The batches from position to limit; one that is cut off at the end is left out. */
    public static List<RecordBatch> in(ByteBuffer buffer) {
        List<RecordBatch> batches = new ArrayList<>();
        EntryScanner scanner = new EntryScanner(buffer);
        while (scanner.next()) {
            if (scanner.magic() == MessageFormat.V2 && scanner.size() >= BatchLayout.HEADER_SIZE) {
                batches.add(new RecordBatch(buffer, scanner.at()));
            }
        }
        return batches;
    }

    /**
     * The batches from position on whose CRC is right, up to the first that is none: what a log has stored may be
     * damaged, and is to be checked before anybody believes it.
     */
    public static List<RecordBatch> wholeIn(ByteBuffer buffer) {
        List<RecordBatch> batches = new ArrayList<>();
        int at = buffer.position();
        while (buffer.limit() - at >= BatchLayout.HEADER_SIZE && BatchLayout.magic(buffer, at) == MessageFormat.V2) {
            int size = BatchLayout.sizeInBytes(buffer, at);
            if (size < BatchLayout.HEADER_SIZE
                    || size > buffer.limit() - at
                    || !BatchLayout.crcMatches(buffer, at, size)) {
                break;
            }
            batches.add(new RecordBatch(buffer, at));
            at += size;
        }
        return batches;
    }
}
