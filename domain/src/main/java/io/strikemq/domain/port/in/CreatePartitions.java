package io.strikemq.domain.port.in;

import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.admin.Mode;
import io.strikemq.domain.topic.admin.NewPartitions;
import io.strikemq.domain.topic.admin.TopicOutcome;
import java.util.List;

/** Adds partitions to topics. Each topic succeeds or fails alone. Callable from any thread. */
public interface CreatePartitions {
    /** Adds partitions, or only checks whether it could. A name that is repeated is refused, INVALID_REQUEST, in one row. */
    List<TopicOutcome> createPartitions(RequestContext context, List<NewPartitions> topics, Mode mode);
}
