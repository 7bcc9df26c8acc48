package io.strikemq.domain.log;

import java.util.Arrays;
import java.util.List;

/**
 * Aborted transactions in the order of their markers, for storage to search in.
 *
 * <p>One thread adds; others search without a lock, and find what was added before.
 */
public final class AbortedIndex {
    // Columns of four: producer id, first offset, last offset, last stable offset.
    private static final int WIDTH = 4;
    private static final int FIRST_OFFSET = 1;
    private static final int LAST_OFFSET = 2;
    private static final int LAST_STABLE_OFFSET = 3;
    private static final long[] NOTHING = {};

    // Written before the count.
    private long[] columns = NOTHING;

    private volatile int count;

    /** An empty index, which takes no memory to speak of. */
    public AbortedIndex() {}

    /** How many there are. */
    public int count() {
        return count;
    }

    /** Adds one, unless its marker is not behind the last one's. */
    public void add(AbortedTransaction transaction) {
        int entry = count;
        if (entry > 0 && at(entry - 1, LAST_OFFSET) >= transaction.lastOffset()) {
            return;
        }
        int begin = entry * WIDTH;
        if (begin == columns.length) {
            columns = Arrays.copyOf(columns, Math.max(4 * WIDTH, 2 * begin));
        }
        columns[begin] = transaction.producerId();
        columns[begin + FIRST_OFFSET] = transaction.firstOffset();
        columns[begin + LAST_OFFSET] = transaction.lastOffset();
        columns[begin + LAST_STABLE_OFFSET] = transaction.lastStableOffset();
        count = entry + 1;
    }

    /** The one at a place, which counts from 0. */
    public AbortedTransaction get(int entry) {
        return new AbortedTransaction(
                at(entry, 0), at(entry, FIRST_OFFSET), at(entry, LAST_OFFSET), at(entry, LAST_STABLE_OFFSET));
    }

    /**
     * Adds to a list those whose markers lie at or behind {@code offset} and whose first offsets before {@code end};
     * says whether none of those that were aborted later can be among them.
     */
    public boolean collect(long offset, long end, List<AbortedTransaction> into) {
        int entries = count;
        for (int entry = firstAtOrBehind(offset, entries); entry < entries; entry++) {
            if (at(entry, FIRST_OFFSET) < end) {
                into.add(get(entry));
            }
            if (at(entry, LAST_STABLE_OFFSET) >= end) {
                return true;
            }
        }
        return false;
    }

    /** The rest of this index from the first marker on that lies at or behind an offset. */
    public AbortedIndex from(long offset) {
        int entries = count;
        AbortedIndex rest = new AbortedIndex();
        for (int entry = firstAtOrBehind(offset, entries); entry < entries; entry++) {
            rest.add(get(entry));
        }
        return rest;
    }

    /** This index with others in the place of those whose markers lie at or behind one offset and before another. */
    public AbortedIndex replaced(long from, long to, AbortedIndex others) {
        AbortedIndex replaced = new AbortedIndex();
        int entries = count;
        for (int entry = 0; entry < firstAtOrBehind(from, entries); entry++) {
            replaced.add(get(entry));
        }
        for (int entry = 0; entry < others.count; entry++) {
            replaced.add(others.get(entry));
        }
        for (int entry = firstAtOrBehind(to, entries); entry < entries; entry++) {
            replaced.add(get(entry));
        }
        return replaced;
    }

    private int firstAtOrBehind(long offset, int entries) {
        int low = 0;
        int high = entries;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (at(middle, LAST_OFFSET) >= offset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private long at(int entry, int column) {
        return columns[entry * WIDTH + column];
    }
}
