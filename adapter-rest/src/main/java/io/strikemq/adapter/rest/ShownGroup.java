package io.strikemq.adapter.rest;

import io.strikemq.domain.group.ConsumerAssignment;
import io.strikemq.domain.group.ConsumerAssignment.TopicPartitions;
import io.strikemq.domain.group.SubscribedTopics;
import io.strikemq.domain.group.classic.ClassicGroup;
import io.strikemq.domain.group.classic.GroupDescription;
import io.strikemq.domain.group.consumer.ConsumerGroup;
import io.strikemq.domain.group.consumer.ConsumerGroupDescription;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A group of any kind as it is shown: what its kind has not is null.
 *
 * @param type            Kafka's name of its kind
 * @param generationId    of a group of the consumer protocol its epoch, which takes the generation's place there
 * @param assignmentEpoch the group epoch that the target assignments belong to
 * @param assignor        who assigns: one of the broker's, or the protocol that consumers agreed on
 */
record ShownGroup(
        String groupId,
        String type,
        String state,
        int generationId,
        Integer groupEpoch,
        Integer assignmentEpoch,
        String assignor,
        String protocolType,
        String protocolName,
        String leaderId,
        List<Member> members) {

    /**
     * A member.
     *
     * @param protocol         classic or consumer; in a group of the consumer protocol there may be both
     * @param subscribedTopics null where they are not known
     * @param assignment       what it has
     * @param targetAssignment what it is to have in the end
     */
    record Member(
            String memberId,
            String groupInstanceId,
            String clientId,
            String clientHost,
            String rackId,
            String protocol,
            Integer memberEpoch,
            Long sessionTimeoutMs,
            Long rebalanceTimeoutMs,
            List<String> subscribedTopics,
            String subscribedRegex,
            List<TopicPartitions> assignment,
            List<TopicPartitions> targetAssignment) {}

    static ShownGroup of(GroupDescription group) {
        String protocolName = nullIfEmpty(group.protocolName());
        boolean isOfConsumers = ConsumerAssignment.PROTOCOL_TYPE.equals(group.protocolType());
        return new ShownGroup(
                group.groupId(),
                ClassicGroup.TYPE,
                group.state(),
                group.generationId(),
                null,
                null,
                isOfConsumers ? protocolName : null,
                nullIfEmpty(group.protocolType()),
                protocolName,
                nullIfEmpty(group.leaderId()),
                group.members().stream()
                        .map(member -> member(member, group.protocolType()))
                        .toList());
    }

    private static Member member(GroupDescription.Member member, String protocolType) {
        return new Member(
                member.memberId(),
                member.groupInstanceId(),
                member.clientId(),
                member.clientHost(),
                null,
                ClassicGroup.TYPE,
                null,
                member.sessionTimeout().toMillis(),
                member.rebalanceTimeout().toMillis(),
                subscribed(protocolType, member.metadata()),
                null,
                ConsumerAssignment.read(protocolType, member.assignment()).topics(),
                null);
    }

    /** Members of a classic group tell their leader what they want; the broker knows it while the group is stable. */
    private static List<String> subscribed(String protocolType, ByteBuffer metadata) {
        return ConsumerAssignment.PROTOCOL_TYPE.equals(protocolType)
                ? SubscribedTopics.of(List.of(metadata))
                        .map(topics -> topics.stream().sorted().toList())
                        .orElse(null)
                : null;
    }

    static ShownGroup of(ConsumerGroupDescription group) {
        return new ShownGroup(
                group.groupId(),
                ConsumerGroup.TYPE,
                group.state(),
                group.groupEpoch(),
                group.groupEpoch(),
                group.assignmentEpoch(),
                group.assignor(),
                ConsumerGroup.PROTOCOL_TYPE,
                null,
                null,
                group.members().stream().map(ShownGroup::member).toList());
    }

    private static Member member(ConsumerGroupDescription.Member member) {
        return new Member(
                member.memberId(),
                member.instanceId(),
                member.clientId(),
                member.clientHost(),
                member.rackId(),
                member.isClassic() ? ClassicGroup.TYPE : ConsumerGroup.TYPE,
                member.epoch(),
                null,
                null,
                member.topicNames().stream().sorted().toList(),
                nullIfEmpty(member.topicRegex()),
                partitions(member.assigned()),
                partitions(member.target()));
    }

    private static List<TopicPartitions> partitions(List<ConsumerGroupDescription.Topic> topics) {
        return topics.stream()
                .map(topic -> new TopicPartitions(topic.name(), topic.partitions()))
                .toList();
    }

    private static String nullIfEmpty(String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
