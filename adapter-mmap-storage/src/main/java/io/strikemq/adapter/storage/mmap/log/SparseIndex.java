package io.strikemq.adapter.storage.mmap.log;

import java.util.Arrays;

/**
 * Points in a segment from which to search on: of an entry (offset, position, timestamp), all batches before the
 * position have smaller offsets and timestamps that are not larger, and all others have that offset or a larger one.
 * The first entry is the segment's begin.
 *
 * <p>One thread adds; others search without a lock. What a reader finds may lie beyond the end that it knows.
 */
final class SparseIndex {
    // Written by the appender before the count.
    private int[] relativeOffsets;
    private int[] positions;
    private long[] timestamps;

    private volatile int count;

    /** Of all batches, the ones after the last entry included. */
    private volatile long largestTimestamp;

    /** The index of an empty segment. */
    SparseIndex() {
        this(new int[8], new int[8], new long[8], 1);
        timestamps[0] = Long.MIN_VALUE;
        largestTimestamp = Long.MIN_VALUE;
    }

    /** An index of {@code count} entries, at least one, the last of which is the segment's end. */
    SparseIndex(int[] relativeOffsets, int[] positions, long[] timestamps, int count) {
        this.relativeOffsets = relativeOffsets;
        this.positions = positions;
        this.timestamps = timestamps;
        this.count = count;
        this.largestTimestamp = timestamps[count - 1];
    }

    /** Adds a point, unless there is one already at this position. */
    void add(int relativeOffset, int position, long timestamp) {
        if (positions[count - 1] != position) {
            addAnyway(relativeOffset, position, timestamp);
        }
    }

    private void addAnyway(int relativeOffset, int position, long timestamp) {
        int next = count;
        if (next == positions.length) {
            relativeOffsets = Arrays.copyOf(relativeOffsets, 2 * next);
            positions = Arrays.copyOf(positions, 2 * next);
            timestamps = Arrays.copyOf(timestamps, 2 * next);
        }
        relativeOffsets[next] = relativeOffset;
        positions[next] = position;
        timestamps[next] = timestamp;
        count = next + 1;
    }

    /**
     * Adds the point where the segment ends. Also in one without batches: what begins at the same position then says up
     * to which offset there are none.
     */
    void addEnd(int relativeOffset, int position, long timestamp) {
        if (position > 0 || count > 1) {
            add(relativeOffset, position, timestamp);
        } else {
            addAnyway(relativeOffset, position, timestamp);
        }
    }

    /** An index in less memory, of entries that are at least so many bytes apart; the last one is kept in any case. */
    SparseIndex thinned(int distance) {
        int last = count - 1;
        SparseIndex thinned = new SparseIndex(
                new int[] {relativeOffsets[0]}, new int[] {positions[0]}, new long[] {timestamps[0]}, 1);
        for (int entry = 1; entry <= last; entry++) {
            if (positions[entry] - thinned.lastPosition() >= distance || entry == last) {
                thinned.add(relativeOffsets[entry], positions[entry], timestamps[entry]);
            }
        }
        thinned.largestTimestamp = largestTimestamp;
        return thinned;
    }

    void largestTimestamp(long timestamp) {
        largestTimestamp = timestamp;
    }

    long largestTimestamp() {
        return largestTimestamp;
    }

    int count() {
        return count;
    }

    int relativeOffset(int entry) {
        return relativeOffsets[entry];
    }

    int position(int entry) {
        return positions[entry];
    }

    long timestamp(int entry) {
        return timestamps[entry];
    }

    int lastPosition() {
        int entries = count;
        return positions[entries - 1];
    }

    /** The entry from which to search for an offset, relative to the segment's first. */
    int entryBeforeOffset(long relativeOffset) {
        int low = 0;
        int high = count - 1;
        int[] column = relativeOffsets;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (column[middle] <= relativeOffset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** The last entry at or before a position. */
    int entryAtOrBefore(long position) {
        int low = 0;
        int high = count - 1;
        int[] column = positions;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (column[middle] <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** The entry from which to search for the first batch with at least this timestamp. */
    int entryBeforeTimestamp(long timestamp) {
        int low = 0;
        int high = count - 1;
        long[] column = timestamps;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (column[middle] < timestamp) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
