package io.strikemq.domain.log;

/**
 * What was dropped of a partition for its age or size.
 *
 * @param startOffset where its log starts now
 * @param offsets     by how many offsets that has moved
 * @param segments    how many segments are gone
 * @param bytes       how many bytes they took
 */
public record RecordsExpired(int partition, long startOffset, long offsets, int segments, long bytes) {}
