package io.strikemq.domain.group.consumer.assignor;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Gives every member as many partitions as every other, as far as subscriptions allow, and takes away from members no more than that needs. It is what
 * Kafka uses where nobody asks for another.
 */
public final class UniformAssignor implements Assignor {
    /** Its name in Kafka. */
    public static final String NAME = "uniform";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, Map<UUID, Set<Integer>>> assign(GroupSpec group) {
        if (group.members().isEmpty()) {
            return Map.of();
        }
        return switch (group.subscriptionType()) {
            case HOMOGENEOUS -> new HomogeneousAssignment(group).make();
            case HETEROGENEOUS -> new HeterogeneousAssignment(group).make();
        };
    }
}
