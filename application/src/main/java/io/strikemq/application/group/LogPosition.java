package io.strikemq.application.group;

/** Where something lies in {@code __consumer_offsets}. */
public record LogPosition(int partition, long offset) {
    /** Whether it lies in the same partition as the other, and before it. */
    public boolean isBefore(LogPosition other) {
        return partition == other.partition && offset < other.offset;
    }
}
