package io.strikemq.domain.topic.admin;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.topic.TopicRef;
import java.util.UUID;

/**
 * What became of one topic that was deleted or given more partitions.
 *
 * @param ref        as the request named it
 * @param name       the topic's name; null when the id is unknown
 * @param id         the topic's id; null when the name is unknown
 * @param partitions how many it had (delete) or has now (create partitions); 0 after an error
 * @param message    one sentence about the error; null without one
 */
public record TopicOutcome(TopicRef ref, String name, UUID id, int partitions, ErrorCode error, String message) {}
