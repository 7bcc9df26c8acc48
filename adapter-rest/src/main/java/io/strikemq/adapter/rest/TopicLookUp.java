package io.strikemq.adapter.rest;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.DescribeTopics;
import io.strikemq.domain.port.in.DescribeTopics.Creation;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicListing;
import io.strikemq.domain.topic.TopicRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds topics, for all calls that name one. */
final class TopicLookUp {
    private final DescribeTopics topics;

    TopicLookUp(DescribeTopics topics) {
        this.topics = topics;
    }

    /** All topics, by name. */
    List<Topic> all(RequestContext context) {
        List<Topic> all = new ArrayList<>();
        for (TopicListing listing : topics.all(context)) {
            all.add(listing.topic());
        }
        return all;
    }

    /** The topic of that name; a missing one is created where {@code creation} and the broker allow it. */
    Topic find(RequestContext context, String name, Creation creation) {
        TopicListing listing = Completion.await(topics.named(context, List.of(TopicRef.byName(name)), creation))
                .get(0);
        switch (listing.error()) {
            case NONE -> {
                return listing.topic();
            }
            case UNKNOWN_TOPIC_OR_PARTITION -> throw unknown("there is no topic '" + name + "'");
            case INVALID_TOPIC_EXCEPTION ->
                throw new BrokerException(
                        listing.error(),
                        "'" + name + "' is no topic name: 1 to 249 ASCII letters, digits, '.', '_' and '-',"
                                + " and not '.' or '..'");
            default -> {
                String reason = listing.message() != null
                        ? listing.message()
                        : listing.error().name();
                throw new BrokerException(listing.error(), "topic '" + name + "': " + reason);
            }
        }
    }

    /** The topic of that name; empty where there is none, whatever the reason. */
    Optional<Topic> existing(RequestContext context, String name) {
        List<TopicListing> found =
                Completion.await(topics.named(context, List.of(TopicRef.byName(name)), Creation.FORBIDDEN));
        return Optional.ofNullable(found.get(0).topic());
    }

    /** Refuses a partition that the topic has not. */
    static void checkPartition(Topic topic, int partition) {
        if (partition >= topic.partitionCount()) {
            throw unknown("topic '" + topic.name() + "' has no partition " + partition + ": it has "
                    + topic.partitionCount() + ", counted from 0");
        }
    }

    private static BrokerException unknown(String message) {
        return new BrokerException(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, message);
    }
}
