package io.strikemq.domain.group.consumer;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.Group;
import io.strikemq.domain.group.GroupListing;
import io.strikemq.domain.group.OffsetLifetimes;
import io.strikemq.domain.group.log.GroupRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A group of the consumer protocol (KIP-848) at one moment. Immutable; all but {@link Passing} is what the log tells of it,
 * and {@link ConsumerGroupBuilder} makes the next one of records.
 */
public final class ConsumerGroup implements Group {
    /** Kafka's name for groups of this protocol. */
    public static final String TYPE = "consumer";
    /** What such groups have as protocol type. */
    public static final String PROTOCOL_TYPE = "consumer";
    /** The epoch of a group that nobody has joined yet. */
    static final int FIRST_EPOCH = 1;

    private final String groupId;
    private final int epoch;
    private final long metadataHash;
    private final Map<String, ConsumerMember> members;
    private final Target target;
    private final Map<String, ResolvedRegex> regexes;
    private final Map<UUID, Map<Integer, Integer>> partitionEpochs;
    private final boolean hasPartitionMetadata;
    private final Passing passing;
    /** Made when it is asked for. */
    private Subscriptions subscriptions;

    /**
     * What the members are to have in the end.
     *
     * @param epoch     the group's epoch for which that was computed
     * @param timestamp when, in ms; 0 when unknown
     * @param members   the partitions by topic id, by member
     */
    record Target(int epoch, long timestamp, Map<String, Map<UUID, Set<Integer>>> members) {}

    /**
     * What does not survive a restart.
     *
     * @param topicsVersion {@link Topics#version} when the group last looked at its topics; -1 before
     * @param isResolving   whether somebody is finding out what its regular expressions mean
     * @param isRevoking    whether the next target waits until everybody has given up what it had
     * @param emptySince    since when it has no members, in ms
     * @param isDead        whether it is gone
     */
    record Passing(long topicsVersion, boolean isResolving, boolean isRevoking, long emptySince, boolean isDead) {
        static Passing since(long nowMs) {
            return new Passing(-1, false, false, nowMs, false);
        }
    }

    ConsumerGroup(
            String groupId,
            ConsumerGroupRecord.EpochValue epoch,
            Map<String, ConsumerMember> members,
            Target target,
            Map<String, ResolvedRegex> regexes,
            Map<UUID, Map<Integer, Integer>> partitionEpochs,
            boolean hasPartitionMetadata,
            Passing passing) {
        this.groupId = groupId;
        this.epoch = epoch.epoch();
        this.metadataHash = epoch.metadataHash();
        this.members = members;
        this.target = target;
        this.regexes = regexes;
        this.partitionEpochs = partitionEpochs;
        this.hasPartitionMetadata = hasPartitionMetadata;
        this.passing = passing;
    }

    @Override
    public String groupId() {
        return groupId;
    }

    /** Its epoch: grows with each change of what members want, of members and of topics. */
    public int epoch() {
        return epoch;
    }

    /** The epoch that the target assignment reaches. */
    public int assignmentEpoch() {
        return target.epoch();
    }

    /** Whether the next heartbeat may have a target computed: its epoch is ahead of the last one's, or topics have changed since. */
    public boolean isBehind(long topicsVersion) {
        return epoch > target.epoch() || passing.topicsVersion() != topicsVersion;
    }

    long metadataHash() {
        return metadataHash;
    }

    /** All members by id, in the order in which they came; only read. */
    public Map<String, ConsumerMember> members() {
        return members;
    }

    Target target() {
        return target;
    }

    /** What the member is to have in the end, by topic id; only read. */
    public Map<UUID, Set<Integer>> targetOf(String memberId) {
        return target.members().getOrDefault(memberId, Map.of());
    }

    Map<String, ResolvedRegex> regexes() {
        return regexes;
    }

    Map<UUID, Map<Integer, Integer>> partitionEpochs() {
        return partitionEpochs;
    }

    boolean hasPartitionMetadata() {
        return hasPartitionMetadata;
    }

    Passing passing() {
        return passing;
    }

    Subscriptions subscriptions() {
        if (subscriptions == null) {
            subscriptions = new Subscriptions(members.values(), regexes);
        }
        return subscriptions;
    }

    /** The assignor that most members want; empty when nobody wants one. */
    public Optional<String> preferredAssignor() {
        return subscriptions().preferredAssignor();
    }

    /** The static member of this instance id. */
    public Optional<ConsumerMember> memberByInstance(String instanceId) {
        return instanceId == null
                ? Optional.empty()
                : members.values().stream()
                        .filter(member -> instanceId.equals(member.instanceId()))
                        .findFirst();
    }

    /** The epoch of the member that has the partition; -1 when nobody has. */
    int partitionEpoch(UUID topicId, int partition) {
        return partitionEpochs.getOrDefault(topicId, Map.of()).getOrDefault(partition, -1);
    }

    /** Whether the member waits for a partition that somebody else has not given up. */
    public boolean waitsForOthers(ConsumerMember member) {
        if (member.current().state() != MemberState.UNRELEASED_PARTITIONS) {
            return false;
        }
        return targetOf(member.id()).entrySet().stream()
                .anyMatch(topic -> topic.getValue().stream()
                        .anyMatch(partition -> !member.current()
                                        .assigned()
                                        .getOrDefault(topic.getKey(), Map.of())
                                        .containsKey(partition)
                                && partitionEpoch(topic.getKey(), partition) != -1));
    }

    /** Kafka's name of the state: Empty, Assigning, Reconciling, Stable, Dead. */
    public String state() {
        if (passing.isDead()) {
            return "Dead";
        }
        if (members.isEmpty()) {
            return "Empty";
        }
        if (epoch > target.epoch()) {
            return "Assigning";
        }
        boolean allThere =
                members.values().stream().allMatch(member -> member.current().isReconciledTo(target.epoch()));
        return allThere ? "Stable" : "Reconciling";
    }

    @Override
    public GroupListing listing() {
        return new GroupListing(groupId, PROTOCOL_TYPE, state(), TYPE);
    }

    @Override
    public boolean isEmpty() {
        return members.isEmpty() && !passing.isDead();
    }

    @Override
    public boolean isDead() {
        return passing.isDead();
    }

    @Override
    public long emptySince() {
        return isEmpty() ? passing.emptySince() : -1;
    }

    @Override
    public ErrorCode deletable() {
        if (passing.isDead()) {
            return ErrorCode.GROUP_ID_NOT_FOUND;
        }
        return members.isEmpty() ? ErrorCode.NONE : ErrorCode.NON_EMPTY_GROUP;
    }

    @Override
    public ErrorCode offsetsDeletable() {
        return passing.isDead() ? ErrorCode.GROUP_ID_NOT_FOUND : ErrorCode.NONE;
    }

    @Override
    public boolean mayRead(String topic) {
        return subscriptions().contains(topic);
    }

    @Override
    public ErrorCode fetchAllowed(String memberId, int memberEpoch) {
        if (memberId == null) {
            // An epoch of nobody is an error that Kafka has not thought of either.
            return memberEpoch < 0 ? ErrorCode.NONE : ErrorCode.UNKNOWN_SERVER_ERROR;
        }
        ConsumerMember member = members.get(memberId);
        if (member == null) {
            return ErrorCode.UNKNOWN_MEMBER_ID;
        }
        return member.epoch() == memberEpoch ? ErrorCode.NONE : wrongEpoch(member);
    }

    /** What a member is told that names another epoch than its own. */
    static ErrorCode wrongEpoch(ConsumerMember member) {
        return member.isClassic() ? ErrorCode.ILLEGAL_GENERATION : ErrorCode.STALE_MEMBER_EPOCH;
    }

    /** {@inheritDoc} From each commit, for topics that nobody wants. */
    @Override
    public OffsetLifetimes offsetLifetimes() {
        Subscriptions wanted = subscriptions();
        return topic -> wanted.contains(topic) ? OffsetLifetimes.ENDLESS : OffsetLifetimes.SINCE_COMMIT;
    }

    @Override
    public Object stage() {
        return epoch;
    }

    /** {@inheritDoc} In Kafka's order. */
    @Override
    public List<GroupRecord> tombstones() {
        List<GroupRecord> ends = new ArrayList<>();
        members.keySet().forEach(id -> ends.add(new ConsumerGroupRecord.Current(groupId, id, null)));
        members.keySet().forEach(id -> ends.add(new ConsumerGroupRecord.Target(groupId, id, null)));
        ends.add(new ConsumerGroupRecord.TargetEpoch(groupId, null));
        members.keySet().forEach(id -> ends.add(new ConsumerGroupRecord.Member(groupId, id, null)));
        regexes.keySet().forEach(regex -> ends.add(new ConsumerGroupRecord.Regex(groupId, regex, null)));
        ends.add(new ConsumerGroupRecord.PartitionMetadata(groupId, false));
        ends.add(new ConsumerGroupRecord.Epoch(groupId, null));
        return ends;
    }

    /** The same group, gone. */
    ConsumerGroup dead() {
        return new ConsumerGroup(
                groupId,
                new ConsumerGroupRecord.EpochValue(epoch, metadataHash),
                Map.of(),
                new Target(target.epoch(), target.timestamp(), Map.of()),
                Map.of(),
                Map.of(),
                hasPartitionMetadata,
                new Passing(-1, false, false, -1, true));
    }
}
