package io.strikemq.domain.group.consumer;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupEvent.OffsetsWanted;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Who may speak in a group, and as whom. All refusals are {@link BrokerException}, in Kafka's words. */
public final class MembershipRules {
    private final int maxSize;

    MembershipRules(int maxSize) {
        this.maxSize = maxSize;
    }

    /** Refuses one more member than the group may have: GROUP_MAX_SIZE_REACHED. */
    public void refuseTooMany(ConsumerGroup group, String memberId, String instanceId) {
        if (group.members().size() < maxSize) {
            return;
        }
        boolean isKnown = group.members().containsKey(memberId)
                || group.memberByInstance(instanceId).isPresent();
        if (!isKnown) {
            throw new BrokerException(
                    ErrorCode.GROUP_MAX_SIZE_REACHED,
                    "The consumer group has reached its maximum capacity of " + maxSize + " members.");
        }
    }

    /** The member that sends a heartbeat, or a fresh one where it joins. */
    ConsumerMember speaker(ConsumerGroupDraft group, ConsumerHeartbeat said, String memberId) {
        boolean joins = said.memberEpoch() == ConsumerHeartbeat.JOINING;
        if (said.instanceId() != null) {
            return staticSpeaker(group, said, memberId, joins);
        }
        ConsumerMember member = joins ? knownOrFresh(group, memberId) : known(group.before(), memberId);
        refuseWrongEpoch(member, said.memberEpoch(), said.owned());
        return member;
    }

    private ConsumerMember staticSpeaker(
            ConsumerGroupDraft group, ConsumerHeartbeat said, String memberId, boolean joins) {
        Optional<ConsumerMember> present = group.before().memberByInstance(said.instanceId());
        if (!joins) {
            ConsumerMember member = byInstance(group.before(), said.instanceId(), memberId);
            refuseWrongEpoch(member, said.memberEpoch(), said.owned());
            return member;
        }
        if (present.isEmpty()) {
            return knownOrFresh(group, memberId);
        }
        ConsumerMember old = present.get();
        if (!old.isClassic() && old.epoch() != ConsumerHeartbeat.LEAVING_FOR_A_WHILE) {
            throw new BrokerException(
                    ErrorCode.UNRELEASED_INSTANCE_ID,
                    "Static member " + memberId + " with instance id " + said.instanceId()
                            + " cannot join the group because the instance id is owned by " + old.id() + " member.");
        }
        return replaced(group, old, memberId);
    }

    /** A static member under its new id; it takes the place of its former self at once. */
    public ConsumerMember replaced(ConsumerGroupDraft group, ConsumerMember old, String newId) {
        ConsumerMember renamed = old.renamed(newId);
        group.replace(old, renamed);
        return renamed;
    }

    /** The member of this id, or somebody new. */
    public ConsumerMember knownOrFresh(ConsumerGroupDraft group, String memberId) {
        ConsumerMember member = group.before().members().get(memberId);
        return member == null ? ConsumerMember.fresh(memberId) : member;
    }

    /** The member of this id, or UNKNOWN_MEMBER_ID. */
    public ConsumerMember known(ConsumerGroup group, String memberId) {
        ConsumerMember member = group.members().get(memberId);
        if (member == null) {
            throw new BrokerException(
                    ErrorCode.UNKNOWN_MEMBER_ID,
                    "Member " + memberId + " is not a member of group " + group.groupId() + ".");
        }
        return member;
    }

    /** The static member of this instance id, if it has this member id: UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID. */
    public ConsumerMember byInstance(ConsumerGroup group, String instanceId, String memberId) {
        ConsumerMember member = group.memberByInstance(instanceId)
                .orElseThrow(() ->
                        new BrokerException(ErrorCode.UNKNOWN_MEMBER_ID, "Instance id " + instanceId + " is unknown."));
        if (!member.id().equals(memberId)) {
            throw new BrokerException(
                    ErrorCode.FENCED_INSTANCE_ID,
                    "Static member " + memberId + " with instance id " + instanceId + " was fenced by member "
                            + member.id() + ".");
        }
        return member;
    }

    /** A member whose last answer was lost still says the epoch before, and owns nothing that it is not to have. */
    private static void refuseWrongEpoch(ConsumerMember member, int said, List<TopicPartitions> owned) {
        if (said == ConsumerHeartbeat.JOINING || said == member.epoch()) {
            return;
        }
        boolean lostAnswer = said < member.epoch()
                && said == member.current().previousEpoch()
                && isPartOf(owned, member.current().assigned());
        if (!lostAnswer) {
            throw new BrokerException(
                    ErrorCode.FENCED_MEMBER_EPOCH,
                    "The consumer group member has a " + (said > member.epoch() ? "greater" : "smaller")
                            + " member epoch (" + said + ") than the one known by the group coordinator ("
                            + member.epoch() + "). The member must abandon all its partitions and rejoin.");
        }
    }

    private static boolean isPartOf(List<TopicPartitions> owned, Map<UUID, Map<Integer, Integer>> assigned) {
        return owned != null
                && owned.stream()
                        .allMatch(topic -> assigned.containsKey(topic.topicId())
                                && assigned.get(topic.topicId()).keySet().containsAll(topic.partitions()));
    }

    /** Refuses a commit by an epoch at which the member had not got the partitions yet. */
    static ErrorCode commitAllowed(ConsumerGroup group, OffsetsWanted wanted, boolean inTransaction) {
        int epoch = wanted.member().generationId();
        boolean namesNobody = epoch == -1
                && wanted.member().memberId().isEmpty()
                && wanted.member().groupInstanceId() == null;
        if (epoch < 0 && group.members().isEmpty() || inTransaction && namesNobody) {
            return ErrorCode.NONE;
        }
        ConsumerMember member = group.members().get(wanted.member().memberId());
        if (member == null) {
            return ErrorCode.UNKNOWN_MEMBER_ID;
        }
        if (!inTransaction && !member.isClassic() && !wanted.knowsEpochs()) {
            return ErrorCode.UNSUPPORTED_VERSION;
        }
        if (epoch == member.epoch()) {
            return ErrorCode.NONE;
        }
        boolean hasAll = epoch < member.epoch()
                && wanted.offsets().entrySet().stream().allMatch(each -> {
                    int since = member.current()
                            .epochOf(each.getValue().topicId(), each.getKey().partition());
                    return since >= 0 && epoch >= since;
                });
        return hasAll ? ErrorCode.NONE : ConsumerGroup.wrongEpoch(member);
    }
}
