package io.strikemq.domain.settings;

import java.time.Duration;

/**
 * How the broker compacts logs, by Kafka's names.
 *
 * @param isEnabled          whether it does so by itself (log.cleaner.enable)
 * @param backoff            after how much time it looks again what is to be done (log.cleaner.backoff.ms)
 * @param maxBytesPerSecond  how much it reads and writes on average (log.cleaner.io.max.bytes.per.second)
 * @param dedupeBufferBytes  how much memory the keys of one pass may take (log.cleaner.dedupe.buffer.size)
 * @param dedupeLoadFactor   how full that may become, above 0, at most 1 (log.cleaner.io.buffer.load.factor)
 * @param ioBufferBytes      how much it reads and writes at once, half of it each (log.cleaner.io.buffer.size)
 */
public record CleanerSettings(
        boolean isEnabled,
        Duration backoff,
        double maxBytesPerSecond,
        long dedupeBufferBytes,
        double dedupeLoadFactor,
        int ioBufferBytes) {
    /** Kafka's defaults. */
    public static final CleanerSettings DEFAULT =
            new CleanerSettings(true, Duration.ofSeconds(15), Double.MAX_VALUE, 128L << 20, 0.9, 512 << 10);

    /** The same with no more memory for keys than this. */
    public CleanerSettings withDedupeBufferUpTo(long bytes) {
        return dedupeBufferBytes <= bytes
                ? this
                : new CleanerSettings(isEnabled, backoff, maxBytesPerSecond, bytes, dedupeLoadFactor, ioBufferBytes);
    }
}
