package io.strikemq.domain.group.consumer.assignor;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/** An assignor cannot make an assignment; the message is Kafka's. */
public final class PartitionAssignorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PartitionAssignorException(String message) {
        super(message);
    }

    /** Somebody is subscribed to a topic that is not among the group's; Kafka writes ids in base 64. */
    static PartitionAssignorException unknownTopic(UUID topicId) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(topicId.getMostSignificantBits())
                .putLong(topicId.getLeastSignificantBits());
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
        return new PartitionAssignorException(
                "Members are subscribed to topic " + id + " which doesn't exist in the topic metadata.");
    }
}
