package io.strikemq.benchmark;

import io.strikemq.adapter.kafka.message.ConsumerGroupHeartbeatRequest;
import io.strikemq.adapter.kafka.message.ConsumerGroupHeartbeatResponse;
import io.strikemq.adapter.kafka.wire.WireReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** A member of a group of the consumer protocol that takes and gives up partitions at once. */
final class GroupMemberDriver {
    private static final short VERSION = 1;
    private static final int LEAVING = -1;
    /** COORDINATOR_LOAD_IN_PROGRESS, COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR. */
    private static final Set<Short> NO_COORDINATOR_YET = Set.of((short) 14, (short) 15, (short) 16);

    private final String groupId;
    private final String memberId;
    private final String topic;
    private int epoch;
    private Map<UUID, List<Integer>> owned = Map.of();
    private boolean hasNews = true;

    GroupMemberDriver(String groupId, String memberId, String topic) {
        this.groupId = groupId;
        this.memberId = memberId;
        this.topic = topic;
    }

    /** How many partitions it has. */
    int partitions() {
        return owned.values().stream().mapToInt(List::size).sum();
    }

    /** Says that it lives, and what has changed; whether it came to another epoch or to other partitions by that. */
    boolean heartbeat(Wire wire) throws IOException {
        boolean joins = epoch == 0;
        ConsumerGroupHeartbeatResponse answer = ask(
                wire,
                ConsumerGroupHeartbeatRequest.builder()
                        .groupId(groupId)
                        .memberId(memberId)
                        .memberEpoch(epoch)
                        .rebalanceTimeoutMs(joins ? 60_000 : -1)
                        .subscribedTopicNames(joins ? List.of(topic) : null)
                        .topicPartitions(hasNews ? asked() : null)
                        .build());
        boolean isElsewhere = answer.memberEpoch() != epoch;
        epoch = answer.memberEpoch();
        hasNews = false;
        if (answer.assignment() != null) {
            Map<UUID, List<Integer>> assigned = new TreeMap<>();
            answer.assignment().topicPartitions().forEach(each -> assigned.put(each.topicId(), each.partitions()));
            hasNews = !assigned.equals(owned);
            owned = assigned;
        }
        return isElsewhere || hasNews;
    }

    void leave(Wire wire) throws IOException {
        ask(
                wire,
                ConsumerGroupHeartbeatRequest.builder()
                        .groupId(groupId)
                        .memberId(memberId)
                        .memberEpoch(LEAVING)
                        .rebalanceTimeoutMs(-1)
                        .subscribedTopicNames(null)
                        .topicPartitions(null)
                        .build());
    }

    private List<ConsumerGroupHeartbeatRequest.TopicPartitions> asked() {
        return owned.entrySet().stream()
                .map(each -> ConsumerGroupHeartbeatRequest.TopicPartitions.builder()
                        .topicId(each.getKey())
                        .partitions(each.getValue())
                        .build())
                .toList();
    }

    /** Asks until the coordinator is there. */
    private static ConsumerGroupHeartbeatResponse ask(Wire wire, ConsumerGroupHeartbeatRequest request)
            throws IOException {
        ConsumerGroupHeartbeatResponse answer;
        do {
            answer = askOnce(wire, request);
        } while (NO_COORDINATOR_YET.contains(answer.errorCode()));
        if (answer.errorCode() != 0) {
            throw new IOException("error " + answer.errorCode() + " " + answer.errorMessage());
        }
        return answer;
    }

    private static ConsumerGroupHeartbeatResponse askOnce(Wire wire, ConsumerGroupHeartbeatRequest request)
            throws IOException {
        wire.send(Requests.framed(ConsumerGroupHeartbeatRequest.API_KEY, VERSION, (short) 2, request));
        ByteBuffer frame = wire.receiveFrame();
        int correlationAndTags = 5;
        frame.position(frame.position() + correlationAndTags);
        return ConsumerGroupHeartbeatResponse.read(new WireReader(frame), VERSION);
    }
}
