package io.strikemq.domain.port.in;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupDescription;
import io.strikemq.domain.group.GroupListing;
import io.strikemq.domain.request.RequestContext;
import java.util.List;

/** Looks at groups from outside, and deletes them. Callable from any thread. */
public interface InspectGroups {
    /** All groups; filters by state and type (KIP-518, KIP-848) ignore case, and an empty one lets all pass. */
    List<GroupListing> list(RequestContext context, List<String> states, List<String> types);

    /**
     * One group; an unknown one is described as Dead with error NONE, as Kafka does up to DescribeGroups 5 (the adapter
     * asks {@link #exists} where a newer version tells).
     */
    GroupDescription describe(RequestContext context, String groupId);

    /** Whether there is such a group. */
    boolean exists(String groupId);

    /** Deletes a group without members, and its offsets: NON_EMPTY_GROUP, GROUP_ID_NOT_FOUND, … otherwise. */
    ErrorCode delete(RequestContext context, String groupId);
}
