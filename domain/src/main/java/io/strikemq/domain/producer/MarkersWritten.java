package io.strikemq.domain.producer;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.topic.TopicPartition;
import java.util.Map;

/**
 * What became of a {@link MarkerCommand}.
 *
 * @param errors of each partition; NONE where the marker is in the log
 */
public record MarkersWritten(long producerId, Map<TopicPartition, ErrorCode> errors) {}
