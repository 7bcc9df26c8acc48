package io.strikemq.domain.settings;

import java.time.Duration;

/**
 * What partitions and coordinators need to know about idempotent producers.
 *
 * @param idExpiration    how long a partition remembers a producer that writes no more (producer.id.expiration.ms)
 * @param expirationCheck how often it looks for such producers (producer.id.expiration.check.interval.ms)
 */
public record ProducerSettings(Duration idExpiration, Duration expirationCheck) {
    /** Kafka's defaults: a day, and ten minutes. */
    public static final ProducerSettings DEFAULT = new ProducerSettings(Duration.ofDays(1), Duration.ofMinutes(10));
}
