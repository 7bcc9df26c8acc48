package io.strikemq.domain.group.consumer;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.consumer.assignor.Assignor;
import io.strikemq.domain.group.consumer.assignor.GroupSpec;
import io.strikemq.domain.group.consumer.assignor.MemberSpec;
import io.strikemq.domain.group.consumer.assignor.PartitionAssignorException;
import io.strikemq.domain.group.consumer.assignor.SubscriptionType;
import io.strikemq.domain.topic.Topic;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Computes what the members of a group are to have, when the group has come to a new epoch. */
final class Targets {
    private final Map<String, Assignor> assignors;
    private final String usual;
    private final Topics topics;
    private final GroupTimes times;

    /** {@code assignors}: the first is the usual one. */
    Targets(List<Assignor> assignors, Topics topics, GroupTimes times) {
        this.assignors = assignors.stream().collect(Collectors.toMap(Assignor::name, Function.identity()));
        this.usual = assignors.get(0).name();
        this.topics = topics;
        this.times = times;
    }

    /** The assignor that counts for such members. */
    String assignor(Subscriptions wanted) {
        return wanted.preferredAssignor().orElse(usual);
    }

    /** The topics that a member wants and that are there, by id. */
    Set<UUID> subscribed(MemberMetadata member, Map<String, ResolvedRegex> regexes) {
        Set<UUID> ids = new HashSet<>();
        member.topicNames().forEach(name -> topics.find(name).ifPresent(topic -> ids.add(topic.id())));
        ResolvedRegex regex = member.hasRegex() ? regexes.get(member.topicRegex()) : null;
        if (regex != null) {
            regex.topics().forEach(name -> topics.find(name).ifPresent(topic -> ids.add(topic.id())));
        }
        return ids;
    }

    /** Computes a new target, if the group's epoch is above the last one's, that was long enough ago, and nobody has to give up anything before. */
    void update(ConsumerGroupDraft group) {
        if (group.assignmentEpoch() < group.epoch() && isDue(group)) {
            updateNow(group);
        }
    }

    /** Computes a new target at once. */
    void updateNow(ConsumerGroupDraft group) {
        Subscriptions wanted = group.subscriptions();
        Map<String, Map<UUID, Set<Integer>>> computed = computed(group, wanted);
        computed.forEach((memberId, partitions) -> {
            if (!partitions.equals(group.targetOf(memberId))
                    || !group.before().target().members().containsKey(memberId)) {
                group.target(memberId, partitions);
            }
        });
        group.targetReaches(group.epoch(), group.nowMs());
        group.revoking(false);
    }

    private boolean isDue(ConsumerGroupDraft group) {
        if (group.isHeldByRevocation()) {
            return false;
        }
        long last = group.before().target().timestamp();
        long passed = group.nowMs() - last;
        // Less than nothing: the clock was set back, and nobody waits until it has come there again.
        return last == 0
                || passed < 0
                || passed >= times.assignmentInterval(group.groupId()).toMillis();
    }

    private Map<String, Map<UUID, Set<Integer>>> computed(ConsumerGroupDraft group, Subscriptions wanted) {
        Map<UUID, Integer> partitionCounts = new HashMap<>();
        wanted.topics().forEach(name -> topics.find(name).ifPresent(topic -> add(partitionCounts, topic)));
        List<MemberSpec> members = group.members().values().stream()
                .map(member -> new MemberSpec(
                        member.id(),
                        member.instanceId(),
                        onlyKnown(subscribed(member.metadata(), group.regexes()), partitionCounts),
                        group.targetOf(member.id())))
                .toList();
        SubscriptionType type = wanted.type();
        try {
            return assignors.get(assignor(wanted)).assign(new GroupSpec(members, type, partitionCounts));
        } catch (PartitionAssignorException e) {
            throw new BrokerException(
                    ErrorCode.UNKNOWN_SERVER_ERROR,
                    "Failed to compute a new target assignment for epoch " + group.epoch() + ": " + e.getMessage(),
                    e);
        }
    }

    private static void add(Map<UUID, Integer> partitionCounts, Topic topic) {
        partitionCounts.put(topic.id(), topic.partitionCount());
    }

    /** A topic that came in the meantime is for the next target. */
    private static Set<UUID> onlyKnown(Set<UUID> subscribed, Map<UUID, Integer> partitionCounts) {
        subscribed.retainAll(partitionCounts.keySet());
        return subscribed;
    }

    /** What the topics that a group wants look like, in a number: another one where one of them came, grew or went. */
    long hash(Set<String> names) {
        long hash = 0;
        for (String name : names) {
            Topic topic = topics.find(name).orElse(null);
            if (topic != null) {
                long one = topic.id().getMostSignificantBits() * 31
                        + topic.id().getLeastSignificantBits() * 17
                        + topic.partitionCount();
                hash += mixed(one ^ ((long) name.hashCode() << 32));
            }
        }
        return hash;
    }

    /** Spreads all bits over all others (the finalizer of SplitMix64), so that sums tell. */
    private static long mixed(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
