package io.strikemq.domain.group.consumer.assignor;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Says which member of a consumer group is to have which partitions (KIP-848), as Kafka's server-side assignor of the same name does, to the
 * partition. Assignors have no state; each is safe for use by many threads.
 */
public interface Assignor {
    /** The name by which members ask for it. */
    String name();

    /**
     * The assignment that the group is to come to: for each of its members the partitions by topic id, an empty map for a member that gets none.
     * A topic of which a member gets nothing is not in that member's map.
     *
     * <p>Maps and sets come in the order in which Kafka would write them to its log. Whoever keeps what has changed in that order, and leaves alone what
     * is equal to what a member had, gets Kafka's result the next time too: the order decides which partitions a member gives up first.
     *
     * @throws PartitionAssignorException if a member is subscribed to a topic that the group's topics do not include
     */
    Map<String, Map<UUID, Set<Integer>>> assign(GroupSpec group);
}
