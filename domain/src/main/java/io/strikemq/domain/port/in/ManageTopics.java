package io.strikemq.domain.port.in;

import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.TopicRef;
import io.strikemq.domain.topic.admin.Mode;
import io.strikemq.domain.topic.admin.MorePartitions;
import io.strikemq.domain.topic.admin.NewTopic;
import io.strikemq.domain.topic.admin.TopicCreated;
import io.strikemq.domain.topic.admin.TopicOutcome;
import java.util.List;

/** Creates, deletes and grows topics. Each topic succeeds or fails alone. Callable from any thread. */
public interface ManageTopics {
    /** Creates topics; when the call returns, each can be produced to. */
    List<TopicCreated> create(RequestContext context, List<NewTopic> topics, Mode mode);

    /** Deletes topics and all their data. */
    List<TopicOutcome> delete(RequestContext context, List<TopicRef> topics);

    /** Adds partitions to topics. */
    List<TopicOutcome> addPartitions(RequestContext context, List<MorePartitions> topics, Mode mode);
}
