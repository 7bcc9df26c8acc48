package io.strikemq.domain.log;

/**
 * A run of batches that storage keeps, and drops, as a whole.
 *
 * @param baseOffset   where it begins; the next one begins where the log went on
 * @param sizeInBytes  of its batches, those included that lie before the log's start
 * @param firstMillis  the largest timestamp of its first batch, in ms, as Kafka takes it for the first one of the
 *                     segment; -1 without any batch, or without a timestamp
 * @param lastMillis   the largest timestamp of its records, in ms; without any that is not negative, when it was last
 *                     written
 */
public record LogSegment(long baseOffset, long sizeInBytes, long firstMillis, long lastMillis) {}
