package io.strikemq.application.topic;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.topic.admin.ReplicaAssignment;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks which brokers a client wants to have a topic's partitions. */
final class ReplicaAssignments {
    private final List<Integer> brokerIds;

    ReplicaAssignments(List<Integer> brokerIds) {
        this.brokerIds = brokerIds;
    }

    /** Checks the assignment of a whole new topic and returns its replication factor. As in Kafka, the first wrong one is told. */
    short checkNewTopic(List<ReplicaAssignment> assignments) {
        int replicas = assignments.get(0).brokerIds().size();
        Set<Integer> partitions = new HashSet<>();
        for (ReplicaAssignment assignment : assignments) {
            if (!partitions.add(assignment.partition())) {
                throw wrong("Found multiple manual partition assignments for partition " + assignment.partition());
            }
            checkReplicas(assignment.brokerIds(), replicas);
        }
        for (int partition = 0; partition < partitions.size(); partition++) {
            if (!partitions.contains(partition)) {
                throw wrong("partitions should be a consecutive 0-based integer sequence");
            }
        }
        return (short) replicas;
    }

    /** Checks the assignment of partitions that are added to a topic. */
    void checkMorePartitions(List<List<Integer>> assignments, int added, int replicationFactor) {
        if (assignments.size() != added) {
            throw wrong("Attempted to add " + added + " additional partition(s), but only " + assignments.size()
                    + " assignment(s) were specified.");
        }
        assignments.forEach(replicas -> checkReplicas(replicas, replicationFactor));
    }

    private void checkReplicas(List<Integer> replicas, int replicationFactor) {
        checkBrokers(replicas);
        if (replicas.size() != replicationFactor) {
            throw wrong("The manual partition assignment includes a partition with " + replicas.size()
                    + " replica(s), but this is not consistent with previous partitions, which have "
                    + replicationFactor + " replica(s).");
        }
    }

    /**
     * Checks where one partition shall be. As in Kafka, the fault of the lowest broker id is told.
     *
     * @throws BrokerException INVALID_REPLICA_ASSIGNMENT for none, for brokers that are not there, and for one named twice
     */
    void checkBrokers(List<Integer> replicas) {
        if (replicas.isEmpty()) {
            throw wrong("The manual partition assignment includes an empty replica list.");
        }
        Set<Integer> seen = new HashSet<>();
        for (Integer broker : replicas.stream().sorted().toList()) {
            if (!brokerIds.contains(broker)) {
                throw wrong("The manual partition assignment includes broker " + broker
                        + ", but no such broker is registered.");
            }
            if (!seen.add(broker)) {
                throw wrong("The manual partition assignment includes the broker " + broker + " more than once.");
            }
        }
    }

    private static BrokerException wrong(String message) {
        return new BrokerException(ErrorCode.INVALID_REPLICA_ASSIGNMENT, message);
    }
}
