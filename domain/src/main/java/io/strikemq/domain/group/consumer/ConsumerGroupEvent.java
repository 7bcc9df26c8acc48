package io.strikemq.domain.group.consumer;

import io.strikemq.domain.group.GroupEvent;
import java.util.Map;
import java.util.Set;

/** What happens to a group by the consumer protocol (KIP-848). */
public sealed interface ConsumerGroupEvent extends GroupEvent.OfKind {
    /**
     * Somebody says that it lives, joins or leaves; {@code freshMemberId} is the id it gets if it has none.
     */
    record Heartbeat(long request, Client client, ConsumerHeartbeat said, String freshMemberId)
            implements ConsumerGroupEvent {}

    /**
     * What the group's regular expressions mean was found out.
     *
     * @param topics    by regular expression
     * @param version   how many topics had been created when the search began
     * @param timestamp when that was, in ms
     */
    record TopicsResolved(Map<String, Set<String>> topics, long version, long timestamp) implements ConsumerGroupEvent {
        public TopicsResolved {
            topics = Map.copyOf(topics);
        }
    }

    /** What the group's regular expressions mean could not be found out; the next heartbeat tries again. */
    record ResolvingFailed() implements ConsumerGroupEvent {}
}
