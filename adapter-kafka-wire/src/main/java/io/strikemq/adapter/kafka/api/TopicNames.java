package io.strikemq.adapter.kafka.api;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.port.in.DescribeTopics;
import io.strikemq.domain.port.in.DescribeTopics.Creation;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicRef;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** The names of topics that requests name by their ids (KIP-516). */
public interface TopicNames {
    /** The name of the topic; of an id that nobody knows, the id as Kafka writes it. Callable on an event loop. */
    String of(RequestContext context, UUID id);

    /** Those that the broker knows. */
    static TopicNames of(DescribeTopics topics) {
        return (context, id) -> {
            Topic known = find(topics, context, id);
            return known == null ? text(id) : known.name();
        };
    }

    private static Topic find(DescribeTopics topics, RequestContext context, UUID id) {
        try {
            return topics.named(context, List.of(TopicRef.byId(id)), Creation.FORBIDDEN)
                    .toCompletableFuture()
                    .join()
                    .get(0)
                    .topic();
        } catch (BrokerException e) {
            return null;
        }
    }

    private static String text(UUID id) {
        ByteBuffer bytes = ByteBuffer.allocate(16).putLong(id.getMostSignificantBits());
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(bytes.putLong(id.getLeastSignificantBits()).array());
    }
}
