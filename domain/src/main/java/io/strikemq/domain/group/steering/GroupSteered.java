package io.strikemq.domain.group.steering;

import java.util.List;

/**
 * A group after somebody has steered it.
 *
 * @param state     Kafka's name of its state: PreparingRebalance, Stable …
 * @param epoch     its generation, or its epoch in the consumer protocol
 * @param memberIds whom it concerned
 */
public record GroupSteered(String groupId, String state, int epoch, List<String> memberIds) {
    public GroupSteered {
        memberIds = List.copyOf(memberIds);
    }
}
