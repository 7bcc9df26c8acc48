package io.strikemq.adapter.rest;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.classic.GroupDescription;
import io.strikemq.domain.group.consumer.ConsumerGroupDescription;
import io.strikemq.domain.port.in.InspectGroups;
import io.strikemq.domain.request.RequestContext;
import java.util.Optional;

/** Finds groups of every kind. */
final class GroupLookUp {
    private final InspectGroups groups;

    GroupLookUp(InspectGroups groups) {
        this.groups = groups;
    }

    /** The group of that id. */
    ShownGroup find(RequestContext context, String groupId) {
        if (!groups.exists(groupId)) {
            throw unknown(groupId);
        }
        return existing(context, groupId).orElseThrow(() -> unknown(groupId));
    }

    static BrokerException unknown(String groupId) {
        return new BrokerException(ErrorCode.GROUP_ID_NOT_FOUND, "there is no group '" + groupId + "'");
    }

    /** The group of that id; empty where it is gone. */
    Optional<ShownGroup> existing(RequestContext context, String groupId) {
        // A group may change its kind between two questions; that it does so twice in a row is left to the next call.
        return classic(context, groupId).or(() -> consumers(context, groupId)).or(() -> classic(context, groupId));
    }

    private Optional<ShownGroup> classic(RequestContext context, String groupId) {
        GroupDescription group = groups.describe(context, groupId);
        return isThere(groupId, group.error(), group.message()) ? Optional.of(ShownGroup.of(group)) : Optional.empty();
    }

    private Optional<ShownGroup> consumers(RequestContext context, String groupId) {
        ConsumerGroupDescription group = groups.describeConsumerGroup(context, groupId);
        return isThere(groupId, group.error(), group.message()) ? Optional.of(ShownGroup.of(group)) : Optional.empty();
    }

    private static boolean isThere(String groupId, ErrorCode error, String message) {
        if (error == ErrorCode.GROUP_ID_NOT_FOUND) {
            return false;
        }
        Failures.check(error, message, "group '" + groupId + "' cannot be described");
        return true;
    }
}
