package io.strikemq.domain.record;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Finds the v2 batches that lie one after the other in a buffer. */
public final class RecordBatches {
    private RecordBatches() {}

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
}
