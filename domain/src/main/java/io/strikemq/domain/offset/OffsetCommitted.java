package io.strikemq.domain.offset;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.topic.TopicRef;

/** What became of a commit for one partition. */
public record OffsetCommitted(TopicRef topic, int partition, ErrorCode error) {}
