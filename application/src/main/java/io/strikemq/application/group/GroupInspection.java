package io.strikemq.application.group;

import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupListing;
import io.strikemq.domain.group.classic.ClassicGroup;
import io.strikemq.domain.group.classic.ClassicGroupState;
import io.strikemq.domain.group.classic.GroupDescription;
import io.strikemq.domain.group.consumer.ConsumerGroup;
import io.strikemq.domain.group.consumer.ConsumerGroupDescription;
import io.strikemq.domain.group.consumer.Descriptions;
import io.strikemq.domain.port.in.InspectGroups;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.settings.ConsumerGroupSettings;
import java.util.List;
import java.util.Optional;

/** Lists, describes and deletes groups. */
public final class GroupInspection implements InspectGroups {
    private final CoordinatedGroups groups;
    private final Descriptions descriptions;

    /** {@code settings} name the assignor that is the usual one. */
    public GroupInspection(CoordinatedGroups groups, TopicRegistry topics, ConsumerGroupSettings settings) {
        this.groups = groups;
        this.descriptions = new Descriptions(
                new RegisteredTopics(topics), settings.assignors().get(0));
    }

    @Override
    public List<GroupListing> list(RequestContext context, List<String> states, List<String> types) {
        return groups.all().stream()
                .map(group -> group.inspect((any, offsets) -> any.listing()))
                .filter(listing -> passes(states, listing.state()) && passes(types, listing.type()))
                .toList();
    }

    private static boolean passes(List<String> filter, String value) {
        return filter.isEmpty() || filter.stream().map(String::trim).anyMatch(value::equalsIgnoreCase);
    }

    @Override
    public GroupDescription describe(RequestContext context, String groupId) {
        return groups.find(groupId)
                .map(group -> group.inspect((any, offsets) -> any instanceof ClassicGroup classic
                        ? classic.describe()
                        : dead(groupId, "Group " + groupId + " is not a classic group.")))
                .orElseGet(() -> dead(groupId, "Group " + groupId + " not found."));
    }

    private static GroupDescription dead(String groupId, String why) {
        return new GroupDescription(
                ErrorCode.GROUP_ID_NOT_FOUND,
                why,
                groupId,
                ClassicGroupState.DEAD.kafkaName(),
                0,
                "",
                "",
                null,
                List.of());
    }

    @Override
    public ConsumerGroupDescription describeConsumerGroup(RequestContext context, String groupId) {
        if (groupId.isEmpty()) {
            return ConsumerGroupDescription.failed(groupId, ErrorCode.INVALID_GROUP_ID, null);
        }
        return groups.find(groupId)
                .map(group -> group.inspect((any, offsets) -> any instanceof ConsumerGroup consumers
                        ? descriptions.of(consumers)
                        : notFound(groupId, "Group " + groupId + " is not a consumer group.")))
                .orElseGet(() -> notFound(groupId, "Group " + groupId + " not found."));
    }

    private static ConsumerGroupDescription notFound(String groupId, String why) {
        return ConsumerGroupDescription.failed(groupId, ErrorCode.GROUP_ID_NOT_FOUND, why);
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
