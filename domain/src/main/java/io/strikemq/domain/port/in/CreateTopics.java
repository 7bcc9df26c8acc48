package io.strikemq.domain.port.in;

import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.admin.Mode;
import io.strikemq.domain.topic.admin.NewTopic;
import io.strikemq.domain.topic.admin.TopicCreated;
import java.util.List;

/** Creates topics. Each succeeds or fails alone. Callable from any thread. */
public interface CreateTopics {
    /**
     * Creates topics, or only checks them. When the call returns, each can be produced to. A name that is repeated is
     * refused, INVALID_REQUEST, in one row.
     */
    List<TopicCreated> create(RequestContext context, List<NewTopic> topics, Mode mode);
}
