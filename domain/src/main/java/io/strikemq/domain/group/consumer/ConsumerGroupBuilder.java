package io.strikemq.domain.group.consumer;

import io.strikemq.domain.group.consumer.ConsumerGroup.Passing;
import io.strikemq.domain.group.consumer.ConsumerGroup.Target;
import io.strikemq.domain.group.consumer.ConsumerGroupRecord.EpochValue;
import io.strikemq.domain.group.consumer.ConsumerGroupRecord.TargetEpochValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Makes a consumer group of what the log tells, record by record: at a start of all there is, afterwards of what an event
 * adds. A log may hold anything, in any order; the last word of each key counts. For one thread.
 */
public final class ConsumerGroupBuilder {
    /** The empty target with which a group begins counts for its first epoch. */
    private static final TargetEpochValue NO_TARGET = new TargetEpochValue(ConsumerGroup.FIRST_EPOCH, 0);

    private final String groupId;
    private EpochValue epoch;
    private boolean isThere;
    private boolean hasPartitionMetadata;
    private TargetEpochValue targetEpoch;

    private Map<String, ConsumerMember> members;
    private Map<String, Map<UUID, Set<Integer>>> targets;
    private Map<String, ResolvedRegex> regexes;
    private Map<UUID, Map<Integer, Integer>> partitionEpochs;
    /** Whose inner maps are this builder's own; of the others, groups of before hold them too. */
    private final Set<UUID> ownPartitionEpochs = new HashSet<>();

    private boolean ownMembers;
    private boolean ownTargets;
    private boolean ownRegexes;
    private boolean ownTopics;

    /** Begins with a group that nobody has joined. */
    public ConsumerGroupBuilder(String groupId) {
        this.groupId = groupId;
        this.epoch = new EpochValue(ConsumerGroup.FIRST_EPOCH, 0);
        this.targetEpoch = NO_TARGET;
        this.members = Map.of();
        this.targets = Map.of();
        this.regexes = Map.of();
        this.partitionEpochs = Map.of();
    }

    /** Begins with a group as it is. */
    ConsumerGroupBuilder(ConsumerGroup group) {
        this.groupId = group.groupId();
        this.epoch = new EpochValue(group.epoch(), group.metadataHash());
        this.isThere = true;
        this.hasPartitionMetadata = group.hasPartitionMetadata();
        this.targetEpoch =
                new TargetEpochValue(group.target().epoch(), group.target().timestamp());
        this.members = group.members();
        this.targets = group.target().members();
        this.regexes = group.regexes();
        this.partitionEpochs = group.partitionEpochs();
    }

    /** Whether the records until now tell of a group, and not only of its end. */
    public boolean isThere() {
        return isThere || !members.isEmpty();
    }

    Map<String, ConsumerMember> members() {
        return members;
    }

    Map<String, ResolvedRegex> regexes() {
        return regexes;
    }

    Map<UUID, Set<Integer>> targetOf(String memberId) {
        return targets.getOrDefault(memberId, Map.of());
    }

    /** One record more. */
    public void replay(ConsumerGroupRecord found) {
        if (found instanceof ConsumerGroupRecord.Epoch group) {
            isThere = group.value() != null;
            epoch = group.value() == null ? new EpochValue(ConsumerGroup.FIRST_EPOCH, 0) : group.value();
        } else if (found instanceof ConsumerGroupRecord.Member member) {
            replay(member);
        } else if (found instanceof ConsumerGroupRecord.Current current) {
            replay(current);
        } else if (found instanceof ConsumerGroupRecord.TargetEpoch target) {
            targetEpoch = target.value() == null ? NO_TARGET : target.value();
        } else if (found instanceof ConsumerGroupRecord.Target target) {
            replay(target);
        } else if (found instanceof ConsumerGroupRecord.Regex regex) {
            replay(regex);
        } else if (found instanceof ConsumerGroupRecord.PartitionMetadata metadata) {
            hasPartitionMetadata = metadata.isThere();
        } else {
            throw new IllegalStateException("unexpected " + found);
        }
    }

    private void replay(ConsumerGroupRecord.Member member) {
        ConsumerMember before = members.get(member.memberId());
        if (member.value() != null) {
            ConsumerMember known = before == null ? ConsumerMember.fresh(member.memberId()) : before;
            ownMembers().put(member.memberId(), known.with(member.value()));
        } else if (before != null) {
            release(before);
            ownMembers().remove(member.memberId());
        }
    }

    private void replay(ConsumerGroupRecord.Current current) {
        ConsumerMember before = members.get(current.memberId());
        if (before == null && current.value() == null) {
            return;
        }
        ConsumerMember known = before == null ? ConsumerMember.fresh(current.memberId()) : before;
        release(known);
        ConsumerMember now = known.with(current.value() == null ? CurrentAssignment.NONE : current.value());
        occupy(now.current().assigned(), now.epoch());
        occupy(now.current().revoked(), now.epoch());
        ownMembers().put(current.memberId(), now);
    }

    private void replay(ConsumerGroupRecord.Target target) {
        if (!ownTargets) {
            targets = new HashMap<>(targets);
            ownTargets = true;
        }
        if (target.value() == null) {
            targets.remove(target.memberId());
        } else {
            targets.put(target.memberId(), target.value());
        }
    }

    private void replay(ConsumerGroupRecord.Regex regex) {
        if (!ownRegexes) {
            regexes = new HashMap<>(regexes);
            ownRegexes = true;
        }
        if (regex.value() == null) {
            regexes.remove(regex.regex());
        } else {
            regexes.put(regex.regex(), regex.value());
        }
    }

    private Map<String, ConsumerMember> ownMembers() {
        if (!ownMembers) {
            members = new LinkedHashMap<>(members);
            ownMembers = true;
        }
        return members;
    }

    /** What a member has is nobody's any more, unless somebody got it at another epoch meanwhile. */
    private void release(ConsumerMember member) {
        release(member.current().assigned(), member.epoch());
        release(member.current().revoked(), member.epoch());
    }

    private void release(Map<UUID, Map<Integer, Integer>> partitions, int memberEpoch) {
        partitions.forEach((topic, epochs) -> {
            Map<Integer, Integer> own = ownEpochs(topic);
            epochs.keySet().forEach(partition -> own.remove(partition, memberEpoch));
            if (own.isEmpty()) {
                partitionEpochs.remove(topic);
                ownPartitionEpochs.remove(topic);
            }
        });
    }

    private void occupy(Map<UUID, Map<Integer, Integer>> partitions, int memberEpoch) {
        partitions.forEach((topic, epochs) -> {
            Map<Integer, Integer> own = ownEpochs(topic);
            epochs.keySet().forEach(partition -> own.merge(partition, memberEpoch, Math::max));
        });
    }

    private Map<Integer, Integer> ownEpochs(UUID topic) {
        if (!ownTopics) {
            partitionEpochs = new HashMap<>(partitionEpochs);
            ownTopics = true;
        }
        if (ownPartitionEpochs.add(topic)) {
            partitionEpochs.put(topic, new HashMap<>(partitionEpochs.getOrDefault(topic, Map.of())));
        }
        return partitionEpochs.get(topic);
    }

    /** The group that was read back. */
    public ConsumerGroup build(long nowMs) {
        return build(Passing.since(nowMs));
    }

    ConsumerGroup build(Passing passing) {
        return new ConsumerGroup(
                groupId,
                epoch,
                members,
                new Target(targetEpoch.epoch(), targetEpoch.timestamp(), targets),
                regexes,
                partitionEpochs,
                hasPartitionMetadata,
                passing);
    }
}
