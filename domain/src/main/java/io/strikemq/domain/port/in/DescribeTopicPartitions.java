package io.strikemq.domain.port.in;

import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.TopicPage;
import io.strikemq.domain.topic.TopicPageQuery;

/** Tells of topics in pages (KIP-966), and creates none. Callable from any thread, none of which waits for the disk. */
public interface DescribeTopicPartitions {
    /**
     * The page that begins where the query says: its topics by name, each once. A topic that is missing is
     * UNKNOWN_TOPIC_OR_PARTITION, or INVALID_TOPIC_EXCEPTION for an illegal name.
     *
     * @throws io.strikemq.domain.error.BrokerException INVALID_REQUEST, when the page begins at a negative partition or at
     *     a topic that is not asked for
     */
    TopicPage page(RequestContext context, TopicPageQuery query);
}
