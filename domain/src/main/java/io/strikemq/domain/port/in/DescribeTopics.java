package io.strikemq.domain.port.in;

import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.TopicListing;
import io.strikemq.domain.topic.TopicRef;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Tells which topics there are. Callable from any thread, none of which waits for the disk. */
public interface DescribeTopics {
    /** All topics, by name, internal ones too. */
    List<TopicListing> all(RequestContext context);

    /**
     * The topics asked for, in that order. One that is missing is created first where {@code creation} and the broker's
     * settings allow it, with the default number of partitions; the answer is then already complete, and told on another thread; with
     * nothing to create the stage is complete when the call returns. Otherwise it is
     * UNKNOWN_TOPIC_OR_PARTITION, UNKNOWN_TOPIC_ID for an id, or INVALID_TOPIC_EXCEPTION for an illegal name.
     */
    CompletionStage<List<TopicListing>> named(RequestContext context, List<TopicRef> topics, Creation creation);

    /** Whether a look-up may create what is missing (the broker's own setting has its say too). */
    enum Creation {
        ALLOWED,
        /** Allowed, since records are about to be produced. */
        FOR_RECORDS,
        FORBIDDEN
    }
}
