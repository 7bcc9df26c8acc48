package io.strikemq.application.group;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupDescription;
import io.strikemq.domain.group.GroupListing;
import io.strikemq.domain.group.classic.ClassicGroupState;
import io.strikemq.domain.port.in.InspectGroups;
import io.strikemq.domain.request.RequestContext;
import java.util.List;
import java.util.Optional;

/** Lists, describes and deletes groups. */
public final class GroupInspection implements InspectGroups {
    private final CoordinatedGroups groups;

    public GroupInspection(CoordinatedGroups groups) {
        this.groups = groups;
    }

    @Override
    public List<GroupListing> list(RequestContext context, List<String> states, List<String> types) {
        return groups.all().stream()
                .map(group -> group.inspect((classic, offsets) -> classic.listing()))
                .filter(listing -> passes(states, listing.state()) && passes(types, listing.type()))
                .toList();
    }

    private static boolean passes(List<String> filter, String value) {
        return filter.isEmpty() || filter.stream().anyMatch(value::equalsIgnoreCase);
    }

    @Override
    public GroupDescription describe(RequestContext context, String groupId) {
        return groups.find(groupId)
                .map(group -> group.inspect((classic, offsets) -> classic.describe()))
                .orElseGet(() -> unknown(groupId));
    }

    private static GroupDescription unknown(String groupId) {
        return new GroupDescription(
                ErrorCode.NONE, null, groupId, ClassicGroupState.DEAD.kafkaName(), 0, "", "", null, List.of());
    }

    @Override
    public boolean exists(String groupId) {
        return groups.find(groupId).isPresent();
    }

    @Override
    public ErrorCode delete(RequestContext context, String groupId) {
        Optional<CoordinatedGroup> group = groups.find(groupId);
        return group.isPresent() ? group.get().delete() : ErrorCode.GROUP_ID_NOT_FOUND;
    }
}
