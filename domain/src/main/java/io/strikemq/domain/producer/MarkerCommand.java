package io.strikemq.domain.producer;

import io.strikemq.domain.topic.TopicPartition;
import java.util.List;

/**
 * Markers to be written.
 *
 * @param partitions where to; none is empty
 */
public record MarkerCommand(TransactionMarker marker, List<TopicPartition> partitions) {}
