package io.strikemq.application.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.application.cluster.ClusterView;
import io.strikemq.domain.cluster.ClusterDescription;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.admin.PartitionOutcome;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Leader elections and reassignments. */
class PlacementTest {
    private static final String CLUSTER_ID = "AAAAAAAAAAAAAAAAAAAAAA";

    private final TopicFixture broker = TopicFixture.usual();
    private final LeaderElections elections = new LeaderElections(broker.registry);
    private final Reassignments reassignments = on(0);

    private Reassignments on(Integer... brokerIds) {
        return new Reassignments(
                broker.registry, new ClusterView(new ClusterDescription(CLUSTER_ID, brokerIds[0], List.of(brokerIds))));
    }

    @BeforeEach
    void aTopic() {
        broker.existing("t", 2);
    }

    @Test
    void anElectionIsNeverNeeded() {
        assertEquals(
                new PartitionOutcome(ErrorCode.ELECTION_NOT_NEEDED, "Leader election not needed for topic partition."),
                elected("t", 1));
        assertEquals(unknown("No such partition as t-2"), elected("t", 2));
        assertEquals(unknown("No such partition as t--1"), elected("t", -1));
        assertEquals(unknown("No such topic as u"), elected("u", 0));
        assertEquals(List.of("t"), elections.electWhereNeeded(TopicFixture.ANYONE));
    }

    private PartitionOutcome elected(String topic, int partition) {
        return elections.elect(TopicFixture.ANYONE, new TopicPartition(topic, partition));
    }

    @Test
    void aPartitionCanStayWhereItIs() {
        assertEquals(PartitionOutcome.DONE, reassigned("t", 0, 0));
    }

    @Test
    void itCannotGoWhereNoBrokerIsOrBeTwiceOnOne() {
        assertEquals(misplaced("an empty replica list."), reassigned("t", 0));
        assertEquals(misplaced("broker 1, but no such broker is registered."), reassigned("t", 0, 0, 1));
        assertEquals(misplaced("broker -3, but no such broker is registered."), reassigned("t", 0, -3, -3));
        assertEquals(misplaced("the broker 0 more than once."), reassigned("t", 0, 0, 0));
    }

    @Test
    void theFaultOfTheLowestBrokerIsTold() {
        assertEquals(misplaced("broker 5, but no such broker is registered."), reassigned("t", 0, 7, 5));
    }

    private static PartitionOutcome misplaced(String how) {
        return new PartitionOutcome(
                ErrorCode.INVALID_REPLICA_ASSIGNMENT, "The manual partition assignment includes " + how);
    }

    @Test
    void ofSeveralBrokersEachKeepsItsPartitions() {
        PartitionOutcome moved = on(0, 1).reassign(TopicFixture.ANYONE, new TopicPartition("t", 0), List.of(1));

        assertEquals(ErrorCode.INVALID_REPLICA_ASSIGNMENT, moved.error());
    }

    @Test
    void whatIsNotThereIsSaidFirst() {
        assertEquals(unknown("Unable to find a topic named u."), reassigned("u", 0, 9));
        assertEquals(unknown("Unable to find partition t:2."), reassigned("t", 2, 9));
        assertEquals(unknown("Unable to find partition t:-1."), cancelled("t", -1));
        assertEquals(unknown("Unable to find a topic named u."), cancelled("u", 0));
    }

    @Test
    void nothingIsEverGoingOnThatCouldBeCancelled() {
        assertEquals(new PartitionOutcome(ErrorCode.NO_REASSIGNMENT_IN_PROGRESS, null), cancelled("t", 0));
    }

    private PartitionOutcome reassigned(String topic, int partition, Integer... replicas) {
        return reassignments.reassign(TopicFixture.ANYONE, new TopicPartition(topic, partition), List.of(replicas));
    }

    private PartitionOutcome cancelled(String topic, int partition) {
        return reassignments.cancel(TopicFixture.ANYONE, new TopicPartition(topic, partition));
    }

    private static PartitionOutcome unknown(String message) {
        return new PartitionOutcome(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, message);
    }
}
