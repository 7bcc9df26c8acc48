package io.strikemq.domain.topic.admin;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.topic.Topic;
import java.util.List;

/**
 * What became of one topic of a CreateTopics request.
 *
 * @param message one sentence about the error; null without one
 * @param topic   as created, or as it would be (validate only); null after an error
 * @param configs its effective configs (KIP-525); empty after an error
 */
public record TopicCreated(String name, ErrorCode error, String message, Topic topic, List<ConfigEntry> configs) {}
