package io.strikemq.domain.port.in;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupListing;
import io.strikemq.domain.group.classic.GroupDescription;
import io.strikemq.domain.group.consumer.ConsumerGroupDescription;
import io.strikemq.domain.request.RequestContext;
import java.util.List;

/** Looks at groups from outside, and deletes them. Callable from any thread. */
public interface InspectGroups {
    /** All groups; filters by state and type (KIP-518, KIP-848) ignore case, and an empty one lets all pass. */
    List<GroupListing> list(RequestContext context, List<String> states, List<String> types);

    /** One group of the classic protocol; another one is Dead with GROUP_ID_NOT_FOUND and Kafka's message. */
    GroupDescription describe(RequestContext context, String groupId);

    /** One group of the consumer protocol (KIP-848): GROUP_ID_NOT_FOUND for another one, INVALID_GROUP_ID for an empty id. */
    ConsumerGroupDescription describeConsumerGroup(RequestContext context, String groupId);

    /** Whether there is such a group. */
    boolean exists(String groupId);

    /** Deletes a group without members, and its offsets: NON_EMPTY_GROUP, GROUP_ID_NOT_FOUND, … otherwise. */
    ErrorCode delete(RequestContext context, String groupId);
}
