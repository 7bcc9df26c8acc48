package io.strikemq.application.partition;

/** Someone who waits for a partition's log to grow. Called without any lock, by any thread, and never throws. */
public interface PartitionWatch {
    /** Records were appended; calls for several appends may come out of order. */
    void appended(LogEnd end);

    /** The partition was deleted or closed: nothing will be appended any more. */
    void gone();
}
