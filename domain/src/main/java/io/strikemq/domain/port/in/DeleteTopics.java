package io.strikemq.domain.port.in;

import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.TopicRef;
import io.strikemq.domain.topic.admin.TopicOutcome;
import java.util.List;

/** Deletes topics. Each succeeds or fails alone. Callable from any thread. */
public interface DeleteTopics {
    /**
     * Deletes topics and all their data. A topic that is named more than once is refused, INVALID_REQUEST, in one row.
     */
    List<TopicOutcome> delete(RequestContext context, List<TopicRef> topics);
}
