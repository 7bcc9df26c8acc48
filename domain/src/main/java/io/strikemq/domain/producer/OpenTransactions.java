package io.strikemq.domain.producer;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The transactions that are open on a partition, one a producer, in the order of their first offsets: they begin at the
 * end of the log, so the order is that in which they came.
 */
final class OpenTransactions {
    /** Larger than any offset: there is none. */
    static final long NONE = Long.MAX_VALUE;

    private final Map<Long, Long> firstOffsets = new LinkedHashMap<>();

    void begin(long producerId, long firstOffset) {
        firstOffsets.put(producerId, firstOffset);
    }

    void end(long producerId) {
        firstOffsets.remove(producerId);
    }

    /** The first offset of the oldest one; {@link #NONE} without any. */
    long oldest() {
        if (firstOffsets.isEmpty()) {
            return NONE;
        }
        Iterator<Long> offsets = firstOffsets.values().iterator();
        return offsets.next();
    }
}
