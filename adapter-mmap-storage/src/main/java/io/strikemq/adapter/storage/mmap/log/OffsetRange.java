package io.strikemq.adapter.storage.mmap.log;

/** Offsets that were lost, as users are told; offsets are dense, so there is a record for each. */
record OffsetRange(long first, long end) {
    /** From one offset up to, and without, another. */
    static OffsetRange of(long first, long end) {
        return new OffsetRange(first, end);
    }

    boolean isEmpty() {
        return end <= first;
    }

    @Override
    public String toString() {
        if (end == Long.MAX_VALUE) {
            return "all records from offset " + first + " on";
        }
        return switch ((int) Math.min(2, end - first)) {
            case 1 -> "1 record (offset " + first + ")";
            case 2 -> end - first + " records (offsets " + first + " to " + (end - 1) + ")";
            default -> "no record";
        };
    }
}
