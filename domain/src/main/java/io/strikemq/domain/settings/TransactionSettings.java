package io.strikemq.domain.settings;

import java.time.Duration;

/**
 * The settings of transactions, under Kafka's names.
 *
 * @param maxTimeout     longest transaction that a producer may ask for (transaction.max.timeout.ms)
 * @param idExpiration   how long a transactional id that nobody uses is remembered (transactional.id.expiration.ms)
 * @param abortInterval  how often transactions that have lasted too long are looked for
 *                       (transaction.abort.timed.out.transaction.cleanup.interval.ms)
 * @param removeInterval how often ids that nobody uses are looked for
 *                       (transaction.remove.expired.transaction.cleanup.interval.ms)
 */
public record TransactionSettings(
        Duration maxTimeout, Duration idExpiration, Duration abortInterval, Duration removeInterval) {
    /** Kafka's defaults. */
    public static final TransactionSettings DEFAULT = new TransactionSettings(
            Duration.ofMinutes(15), Duration.ofDays(7), Duration.ofSeconds(10), Duration.ofHours(1));
}
