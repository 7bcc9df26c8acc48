package io.strikemq.domain.group.migration;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.Group;
import io.strikemq.domain.group.SubscribedTopics;
import io.strikemq.domain.group.classic.ClassicGroup;
import io.strikemq.domain.group.classic.ClassicMember;
import io.strikemq.domain.group.classic.ConsumerProtocol;
import io.strikemq.domain.group.consumer.Topics;
import io.strikemq.domain.group.steering.MemberPick.Candidate;
import io.strikemq.domain.group.steering.ScriptedAssignment;
import io.strikemq.domain.group.steering.ScriptedAssignment.Share;
import io.strikemq.domain.topic.Topic;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Makes of a script what it means for a group, and refuses what no assignor may say. */
final class ScriptCheck {
    private final Topics topics;

    ScriptCheck(Topics topics) {
        this.topics = topics;
    }

    /** The partitions by topic name, by member id; for a classic group. */
    Map<String, Map<String, Set<Integer>>> check(
            ClassicGroup group, List<Candidate> members, ScriptedAssignment script) {
        if (!SubscribedTopics.PROTOCOL_TYPE.equals(group.generation().protocolType())) {
            throw refused("group '" + group.groupId() + "' is of protocol type '"
                    + group.generation().protocolType()
                    + "': what its leader assigns is known to its members alone, and consumers only can be scripted");
        }
        Map<String, Set<String>> subscribed = new HashMap<>();
        group.members().values().forEach(member -> subscribed.put(member.id(), subscribedTopics(member)));
        return checked(group, members, script, (id, topic) -> subscribed.get(id).contains(topic.name()), Topic::name);
    }

    private static Set<String> subscribedTopics(ClassicMember member) {
        try {
            return Set.copyOf(ConsumerProtocol.subscription(
                            member.memberMetadata().protocols().get(0).metadata())
                    .topics());
        } catch (ConsumerProtocol.MalformedException e) {
            throw refused("member '" + member.id() + "' does not say what a consumer says: " + e.getMessage());
        }
    }

    /** The partitions by topic id, by member id; for a group of the consumer protocol. {@code subscribed}: by member id. */
    Map<String, Map<UUID, Set<Integer>>> check(
            Group group, List<Candidate> members, ScriptedAssignment script, Function<String, Set<UUID>> subscribed) {
        return checked(
                group, members, script, (id, topic) -> subscribed.apply(id).contains(topic.id()), Topic::id);
    }

    private <K> Map<String, Map<K, Set<Integer>>> checked(
            Group group,
            List<Candidate> members,
            ScriptedAssignment script,
            BiPredicate<String, Topic> isSubscribed,
            Function<Topic, K> key) {
        Map<String, Map<K, Set<Integer>>> shares = new LinkedHashMap<>();
        Map<String, String> owners = new HashMap<>();
        for (Share share : script.shares()) {
            String memberId = only(group, members, share);
            Topic topic = topics.find(share.topic())
                    .orElseThrow(() -> new BrokerException(
                            ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "there is no topic '" + share.topic() + "'"));
            if (!isSubscribed.test(memberId, topic)) {
                throw refused("member '" + memberId + "' is not subscribed to topic '" + topic.name() + "'");
            }
            Set<Integer> given = shares.computeIfAbsent(memberId, id -> new LinkedHashMap<>())
                    .computeIfAbsent(key.apply(topic), id -> new TreeSet<>());
            for (int partition : share.partitions()) {
                refuseUnknown(topic, partition);
                String other = owners.put(topic.name() + "-" + partition, memberId);
                if (other != null) {
                    throw refused("partition " + topic.name() + "-" + partition + " is given twice: to '" + other
                            + "' and to '" + memberId + "'");
                }
                given.add(partition);
            }
        }
        return shares;
    }

    private static String only(Group group, List<Candidate> members, Share share) {
        List<String> ids = members.stream()
                .filter(share.member()::matches)
                .map(Candidate::id)
                .toList();
        if (ids.isEmpty()) {
            throw new BrokerException(
                    ErrorCode.UNKNOWN_MEMBER_ID,
                    "group '" + group.groupId() + "' has no member with " + share.member());
        }
        if (ids.size() > 1) {
            throw refused("group '" + group.groupId() + "' has " + ids.size() + " members with " + share.member()
                    + ": name one by its member id");
        }
        return ids.get(0);
    }

    private static void refuseUnknown(Topic topic, int partition) {
        if (partition < 0 || partition >= topic.partitionCount()) {
            throw new BrokerException(
                    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                    "topic '" + topic.name() + "' has no partition " + partition + ", only 0 to "
                            + (topic.partitionCount() - 1));
        }
    }

    private static BrokerException refused(String why) {
        return new BrokerException(ErrorCode.INVALID_REQUEST, why);
    }
}
