package io.strikemq.domain.group.classic;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.Group;
import io.strikemq.domain.group.GroupEvent;
import io.strikemq.domain.group.GroupListing;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.group.OffsetLifetimes;
import io.strikemq.domain.group.SubscribedTopics;
import io.strikemq.domain.group.log.GroupRecord;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A group of the classic protocol at one moment. Immutable: {@link ClassicGroupRules} makes the next one of it.
 *
 * @param members     in the order in which they joined, by member id
 * @param pendingJoin ids that were given out with MEMBER_ID_REQUIRED and have not joined yet
 * @param pendingSync members of the generation that have not asked for their assignment yet
 * @param newMemberAdded whether somebody new came during the initial rebalance's current delay
 * @param script what members are to get next in place of what their leader says, by topic, by member id; null for nothing
 */
public record ClassicGroup(
        String groupId,
        Phase phase,
        Generation generation,
        Map<String, ClassicMember> members,
        Set<String> pendingJoin,
        Set<String> pendingSync,
        boolean newMemberAdded,
        Map<String, Map<String, Set<Integer>>> script)
        implements Group {

    /** Kafka's name for groups of this protocol. */
    public static final String TYPE = "classic";

    /** The state, the one before (null at first), and when it was entered in ms (-1 when unknown). */
    public record Phase(ClassicGroupState state, ClassicGroupState previous, long since) {}

    /** What the members agreed on; all but the number may be null. */
    public record Generation(int id, String protocolType, String protocolName, String leaderId) {}

    public ClassicGroup {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        pendingJoin = Collections.unmodifiableSet(new LinkedHashSet<>(pendingJoin));
        pendingSync = Collections.unmodifiableSet(new LinkedHashSet<>(pendingSync));
    }

    /** A group without members, as a first join or a commit outside of any group creates it. */
    public static ClassicGroup empty(String groupId, long nowMs) {
        return new ClassicGroup(
                groupId,
                new Phase(ClassicGroupState.EMPTY, null, nowMs),
                new Generation(0, null, null, null),
                Map.of(),
                Set.of(),
                Set.of(),
                false,
                null);
    }

    /** A group that is gone. */
    public static ClassicGroup dead(String groupId) {
        ClassicGroup empty = empty(groupId, -1);
        return new ClassicGroup(
                groupId,
                new Phase(ClassicGroupState.DEAD, null, -1),
                empty.generation(),
                Map.of(),
                Set.of(),
                Set.of(),
                false,
                null);
    }

    /**
     * The group that was stored: Stable with its members, or Empty.
     *
     * @throws IllegalArgumentException when there cannot be such members
     */
    public static ClassicGroup restored(GroupSnapshot stored) {
        String type = stored.protocolType() == null || stored.protocolType().isEmpty() ? null : stored.protocolType();
        Map<String, ClassicMember> members = RestoredMembers.of(stored, type);
        boolean isEmpty = members.isEmpty();
        Generation generation = new Generation(
                Math.max(0, stored.generationId()),
                type,
                isEmpty ? null : stored.protocolName(),
                isEmpty ? null : RestoredMembers.leader(stored, members));
        ClassicGroupState state = isEmpty ? ClassicGroupState.EMPTY : ClassicGroupState.STABLE;
        return new ClassicGroup(
                stored.groupId(),
                new Phase(state, null, stored.stateTimestamp()),
                generation,
                members,
                Set.of(),
                Set.of(),
                false,
                null);
    }

    /**
     * A stable group of members that had their assignments in a consumer group (KIP-848).
     *
     * @param members     not empty, the leader first; they speak the consumers' protocol and have one in common
     * @param assignments by member id
     */
    public static ClassicGroup downgraded(
            String groupId,
            int generationId,
            List<JoinedMember> members,
            Function<JoinedMember, ByteBuffer> assignments,
            long nowMs) {
        Map<String, ClassicMember> all = new LinkedHashMap<>();
        for (JoinedMember member : members) {
            all.put(member.id(), ClassicMember.assigned(member, assignments.apply(member)));
        }
        String protocol = ProtocolChoice.of(all.values());
        return new ClassicGroup(
                groupId,
                new Phase(ClassicGroupState.STABLE, null, nowMs),
                new Generation(
                        generationId,
                        SubscribedTopics.PROTOCOL_TYPE,
                        protocol,
                        members.get(0).id()),
                all,
                Set.of(),
                Set.of(),
                false,
                null);
    }

    /** A member and what it said when it joined; {@code instanceId} is null for a dynamic one. */
    public record JoinedMember(
            String id, String instanceId, GroupEvent.Client client, JoinCommand.MemberMetadata metadata) {}

    /** The state. */
    public ClassicGroupState state() {
        return phase.state();
    }

    /** Whether the group is in this state. */
    public boolean is(ClassicGroupState state) {
        return phase.state() == state;
    }

    @Override
    public boolean isEmpty() {
        return is(ClassicGroupState.EMPTY);
    }

    @Override
    public boolean isDead() {
        return is(ClassicGroupState.DEAD);
    }

    @Override
    public long emptySince() {
        return isEmpty() ? phase.since() : -1;
    }

    /** Whether this is a member's id; pending ones do not count. */
    public boolean hasMember(String memberId) {
        return members.containsKey(memberId);
    }

    @Override
    public ErrorCode deletable() {
        return switch (state()) {
            case EMPTY -> ErrorCode.NONE;
            case DEAD -> ErrorCode.GROUP_ID_NOT_FOUND;
            case PREPARING_REBALANCE, COMPLETING_REBALANCE, STABLE -> ErrorCode.NON_EMPTY_GROUP;
        };
    }

    /** {@inheritDoc} Only consumers tell what they still read. */
    @Override
    public ErrorCode offsetsDeletable() {
        boolean areConsumers = SubscribedTopics.PROTOCOL_TYPE.equals(generation.protocolType());
        return deletable() == ErrorCode.NON_EMPTY_GROUP && areConsumers ? ErrorCode.NONE : deletable();
    }

    /** Whether the member may commit offsets: NONE, or the reason why not. */
    public ErrorCode commitAllowed(GroupMember member) {
        if (is(ClassicGroupState.DEAD)) {
            return ErrorCode.COORDINATOR_NOT_AVAILABLE;
        }
        if (member.generationId() < 0 && is(ClassicGroupState.EMPTY)) {
            return ErrorCode.NONE;
        }
        if (!claimsMembership(member)) {
            return is(ClassicGroupState.EMPTY) ? ErrorCode.NONE : ErrorCode.UNKNOWN_MEMBER_ID;
        }
        ErrorCode known = MemberCheck.inGeneration(members, generation, member);
        if (known != ErrorCode.NONE) {
            return known;
        }
        return is(ClassicGroupState.COMPLETING_REBALANCE) ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE;
    }

    /**
     * Whether the member may commit offsets in a transaction (KIP-447): NONE, or the reason why not. Producers of before
     * name no member, and may always; nobody is told to wait for a rebalance.
     */
    public ErrorCode transactionalCommitAllowed(GroupMember member) {
        if (is(ClassicGroupState.DEAD)) {
            return ErrorCode.COORDINATOR_NOT_AVAILABLE;
        }
        boolean isOutsider = member.generationId() < 0 && is(ClassicGroupState.EMPTY);
        return isOutsider || !claimsMembership(member)
                ? ErrorCode.NONE
                : MemberCheck.inGeneration(members, generation, member);
    }

    private static boolean claimsMembership(GroupMember member) {
        return member.generationId() >= 0 || !member.memberId().isEmpty() || member.groupInstanceId() != null;
    }

    /** {@inheritDoc} What consumers read is told by their subscriptions, if those can be read. */
    @Override
    public boolean mayRead(String topic) {
        boolean areConsumers = SubscribedTopics.PROTOCOL_TYPE.equals(generation.protocolType());
        return subscribedTopics().map(topics -> topics.contains(topic)).orElse(areConsumers);
    }

    /**
     * The topics that the members of a group of consumers read; empty when that cannot be known, as before they have a
     * protocol in common. An empty group of consumers reads none.
     */
    public Optional<Set<String>> subscribedTopics() {
        if (!SubscribedTopics.PROTOCOL_TYPE.equals(generation.protocolType())) {
            return Optional.empty();
        }
        if (members.isEmpty()) {
            return Optional.of(Set.of());
        }
        if (generation.protocolName() == null || is(ClassicGroupState.PREPARING_REBALANCE)) {
            return Optional.empty();
        }
        return SubscribedTopics.of(members.values().stream()
                .map(member -> member.metadata(generation.protocolName()))
                .toList());
    }

    @Override
    public Object stage() {
        return phase;
    }

    @Override
    public List<GroupRecord> tombstones() {
        return List.of(new ClassicGroupRecord(groupId, null));
    }

    /** What of the group is written to the log. */
    public GroupSnapshot snapshot() {
        return snapshot(phase.since(), groupId, generation, members.values(), Map.of());
    }

    /** The group with these assignments in place of the members' own, where there are some. */
    static GroupSnapshot snapshot(
            long since,
            String groupId,
            Generation generation,
            Collection<ClassicMember> members,
            Map<String, ByteBuffer> assignments) {
        List<GroupSnapshot.Member> stored = members.stream()
                .map(member -> new GroupSnapshot.Member(
                        member.id(),
                        member.instanceId(),
                        member.client().id(),
                        member.client().host(),
                        member.memberMetadata().rebalanceTimeout(),
                        member.memberMetadata().sessionTimeout(),
                        member.metadata(generation.protocolName()),
                        assignments
                                .getOrDefault(member.id(), member.assignment())
                                .asReadOnlyBuffer()))
                .toList();
        return new GroupSnapshot(
                groupId,
                generation.protocolType(),
                generation.protocolName(),
                generation.id(),
                generation.leaderId(),
                since,
                stored);
    }

    /** {@inheritDoc} In a classic group everybody may. */
    @Override
    public ErrorCode fetchAllowed(String memberId, int memberEpoch) {
        return ErrorCode.NONE;
    }

    /**
     * {@inheritDoc} After the last member has gone, it runs from that moment; without members ever, from each commit; and in a
     * stable group of consumers, for topics that it no longer reads, from each commit too.
     */
    @Override
    public OffsetLifetimes offsetLifetimes() {
        String type = generation.protocolType();
        boolean consumers = SubscribedTopics.PROTOCOL_TYPE.equals(type);
        boolean emptied = type != null && isEmpty();
        Optional<Set<String>> read = subscribedTopics();
        return topic -> {
            if (read.map(topics -> topics.contains(topic)).orElse(consumers)) {
                return OffsetLifetimes.ENDLESS;
            }
            if (type != null && !emptied && !(consumers && is(ClassicGroupState.STABLE))) {
                return OffsetLifetimes.ENDLESS;
            }
            return emptied && phase.since() >= 0
                    ? new OffsetLifetimes.OffsetLifetime.Since(phase.since())
                    : OffsetLifetimes.SINCE_COMMIT;
        };
    }

    @Override
    public GroupListing listing() {
        String type = generation.protocolType() == null ? "" : generation.protocolType();
        return new GroupListing(groupId, type, state().kafkaName(), TYPE);
    }

    /** The group in full; protocol and metadata are told of a stable group only, assignments as members last had them. */
    public GroupDescription describe() {
        boolean stable = is(ClassicGroupState.STABLE);
        return new GroupDescription(
                ErrorCode.NONE,
                null,
                groupId,
                state().kafkaName(),
                generation.id(),
                generation.protocolType() == null ? "" : generation.protocolType(),
                stable ? generation.protocolName() : "",
                generation.leaderId(),
                members.values().stream()
                        .map(member -> describe(member, stable))
                        .toList());
    }

    private GroupDescription.Member describe(ClassicMember member, boolean stable) {
        return new GroupDescription.Member(
                member.id(),
                member.instanceId(),
                member.client().id(),
                member.client().host(),
                member.memberMetadata().sessionTimeout(),
                member.memberMetadata().rebalanceTimeout(),
                stable ? member.metadata(generation.protocolName()) : ClassicMember.NOTHING,
                member.assignment().asReadOnlyBuffer());
    }
}
