package io.strikemq.application.transaction;

import io.strikemq.domain.topic.TopicPartition;

/**
 * What a transaction has to know of groups whose offsets take part in it: where these lie. The markers of that partition are
 * written like all others, so that whoever keeps the offsets hears of the end there, whoever has written the marker.
 */
@FunctionalInterface
public interface TransactionalOffsets {
    /** The partition of {@code __consumer_offsets} that a group belongs to, also when there is no such topic yet. */
    TopicPartition partitionOf(String groupId);
}
