package io.strikemq.application.await;

import io.strikemq.application.await.SeenGroup.Member;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.ConsumerAssignment;
import io.strikemq.domain.group.classic.GroupDescription;
import io.strikemq.domain.group.consumer.ConsumerGroupDescription;
import io.strikemq.domain.offset.GroupOffsets;
import io.strikemq.domain.offset.GroupOffsetsQuery;
import io.strikemq.domain.offset.GroupOffsetsQuery.Stability;
import io.strikemq.domain.port.in.CommitOffsets;
import io.strikemq.domain.port.in.InspectGroups;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.TopicPartition;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Groups as who waits sees them, of whatever kind they are. */
public final class SeenGroups {
    /** Who asks: no client. */
    static final RequestContext NOBODY = new RequestContext(-1, "AWAIT", RequestContext.ANONYMOUS, "", "");

    private final InspectGroups groups;
    private final CommitOffsets offsets;

    /** Asks these. */
    public SeenGroups(InspectGroups groups, CommitOffsets offsets) {
        this.groups = groups;
        this.offsets = offsets;
    }

    /** The group of that id, or that there is none. */
    SeenGroup find(String groupId) {
        if (!groups.exists(groupId)) {
            return SeenGroup.NONE;
        }
        GroupDescription classic = groups.describe(NOBODY, groupId);
        if (classic.error() == ErrorCode.NONE) {
            return of(classic);
        }
        ConsumerGroupDescription consumers = groups.describeConsumerGroup(NOBODY, groupId);
        // Gone since, or turned into the other kind: then there is one more change, and one more look.
        return consumers.error() == ErrorCode.NONE ? of(consumers) : SeenGroup.NONE;
    }

    private static SeenGroup of(GroupDescription group) {
        return new SeenGroup(
                group.state(),
                group.members().stream()
                        .map(member -> new Member(
                                member.memberId(),
                                member.groupInstanceId(),
                                member.clientId(),
                                assigned(group.protocolType(), member)))
                        .toList());
    }

    private static Set<TopicPartition> assigned(String protocolType, GroupDescription.Member member) {
        Set<TopicPartition> assigned = new HashSet<>();
        ConsumerAssignment.read(protocolType, member.assignment())
                .topics()
                .forEach(topic -> topic.partitions()
                        .forEach(partition -> assigned.add(new TopicPartition(topic.topic(), partition))));
        return assigned;
    }

    private static SeenGroup of(ConsumerGroupDescription group) {
        return new SeenGroup(
                group.state(),
                group.members().stream()
                        .map(member ->
                                new Member(member.memberId(), member.instanceId(), member.clientId(), kept(member)))
                        .toList());
    }

    /** What the member has, and is not to give up. */
    private static Set<TopicPartition> kept(ConsumerGroupDescription.Member member) {
        Set<TopicPartition> kept = partitions(member.assigned());
        kept.retainAll(partitions(member.target()));
        return kept;
    }

    private static Set<TopicPartition> partitions(List<ConsumerGroupDescription.Topic> topics) {
        Set<TopicPartition> partitions = new HashSet<>();
        topics.forEach(topic ->
                topic.partitions().forEach(partition -> partitions.add(new TopicPartition(topic.name(), partition))));
        return partitions;
    }

    /** The committed offsets of a group; none where there is no such group. */
    Map<TopicPartition, Long> committed(String groupId) {
        GroupOffsets found = offsets.committed(NOBODY, new GroupOffsetsQuery(groupId, null, -1, null, Stability.ANY));
        Map<TopicPartition, Long> committed = new TreeMap<>();
        found.rows().stream()
                .filter(row -> row.error() == ErrorCode.NONE && row.offset() >= 0)
                .forEach(row -> committed.put(new TopicPartition(row.topic().name(), row.partition()), row.offset()));
        return committed;
    }
}
