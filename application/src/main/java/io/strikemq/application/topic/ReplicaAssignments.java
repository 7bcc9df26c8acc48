package io.strikemq.application.topic;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.topic.admin.ReplicaAssignment;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks which brokers a client wants to have a topic's partitions. */
final class ReplicaAssignments {
    private final List<Integer> brokerIds;

    ReplicaAssignments(List<Integer> brokerIds) {
        this.brokerIds = brokerIds;
    }

    /** Checks the assignment of a whole new topic and returns its replication factor. */
    short checkNewTopic(List<ReplicaAssignment> assignments) {
        Map<Integer, List<Integer>> byPartition = new LinkedHashMap<>();
        for (ReplicaAssignment assignment : assignments) {
            if (byPartition.put(assignment.partition(), assignment.brokerIds()) != null) {
                throw wrong("A partition is assigned twice.");
            }
        }
        int replicas = byPartition.values().iterator().next().size();
        checkReplicas(byPartition.values(), replicas);
        for (int partition = 0; partition < byPartition.size(); partition++) {
            if (!byPartition.containsKey(partition)) {
                throw wrong("Partitions must be numbered from 0 without a gap; " + partition + " is not assigned.");
            }
        }
        return (short) replicas;
    }

    /** Checks the assignment of partitions that are added to a topic. */
    void checkMorePartitions(List<List<Integer>> assignments, int added, int replicationFactor) {
        if (assignments.size() != added) {
            throw wrong(added + " partitions are to be added, but " + assignments.size() + " are assigned.");
        }
        checkReplicas(assignments, replicationFactor);
    }

    private void checkReplicas(Collection<List<Integer>> assignments, int replicationFactor) {
        for (List<Integer> replicas : assignments) {
            checkBrokers(replicas);
            if (replicas.size() != replicationFactor) {
                throw wrong("Each partition must be assigned to as many brokers as the others, " + replicationFactor
                        + ", but one is assigned to " + replicas.size() + ".");
            }
        }
    }

    private void checkBrokers(List<Integer> replicas) {
        if (replicas.isEmpty()) {
            throw wrong("A partition is assigned to no broker at all.");
        }
        Set<Integer> seen = new HashSet<>();
        for (Integer broker : replicas) {
            if (!brokerIds.contains(broker)) {
                throw wrong("A partition is assigned to broker " + broker + ", which does not exist.");
            }
            if (!seen.add(broker)) {
                throw wrong("A partition is assigned to broker " + broker + " more than once.");
            }
        }
    }

    private static BrokerException wrong(String message) {
        return new BrokerException(ErrorCode.INVALID_REPLICA_ASSIGNMENT, message);
    }
}
