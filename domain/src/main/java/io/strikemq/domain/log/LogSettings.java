package io.strikemq.domain.log;

/**
 * What storage needs to know about one partition's log.
 *
 * @param segmentBytes       a segment that would grow beyond this is closed and the next one begun; a single append may
 *                           be larger and then has a segment of its own
 * @param indexIntervalBytes how many bytes of batches at the least lie between two entries of the sparse indexes
 */
public record LogSettings(int segmentBytes, int indexIntervalBytes) {
    /** The original's segment size of 1 GB, and Kafka's index interval of 4 KB. */
    public static final LogSettings DEFAULT = new LogSettings(1 << 30, 4096);

    public LogSettings {
        if (segmentBytes < 1 || indexIntervalBytes < 0) {
            throw new IllegalArgumentException(
                    "segment bytes " + segmentBytes + " (at least 1), index interval " + indexIntervalBytes);
        }
    }
}
