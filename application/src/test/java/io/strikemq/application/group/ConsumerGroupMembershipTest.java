package io.strikemq.application.group;

import static io.strikemq.domain.group.consumer.ConsumerHeartbeat.JOINING;
import static io.strikemq.domain.group.consumer.ConsumerHeartbeat.LEAVING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupListing;
import io.strikemq.domain.group.consumer.ConsumerGroupDescription;
import io.strikemq.domain.group.consumer.ConsumerHeartbeat;
import io.strikemq.domain.group.consumer.HeartbeatResult;
import io.strikemq.domain.group.consumer.TopicPartitions;
import io.strikemq.domain.port.in.JoinConsumerGroup;
import io.strikemq.domain.port.in.JoinConsumerGroup.MemberNaming;
import io.strikemq.domain.port.out.FixedIdentifiers;
import io.strikemq.domain.settings.ConsumerGroupSettings;
import io.strikemq.domain.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Groups of the consumer protocol at work: with a log, time, and workers. */
class ConsumerGroupMembershipTest {
    private static final List<String> ORDERS = List.of("orders");
    private static final Map<UUID, Set<Integer>> ALL = Map.of(Coordinator.TOPIC_ID, Set.of(0, 1, 2, 3));

    private final Coordinator coordinator = new Coordinator();

    private HeartbeatResult join(String member) {
        return coordinator.beat(member, JOINING, ORDERS, null);
    }

    private ConsumerGroupDescription described() {
        return coordinator.inspection.describeConsumerGroup(Coordinator.from("x"), "g");
    }

    @Test
    void membersAndTheirPartitionsSurviveARestart() {
        assertEquals(ALL, join("m").assignment());
        join("n");
        ConsumerGroupDescription before = described();
        int records = coordinator.log.records().size();

        coordinator.restart();

        assertEquals(before, described());
        assertEquals(ErrorCode.NONE, coordinator.beat("m", 2, null, null).error());
        assertTrue(coordinator.log.records().size() > records, "the member has given up what the other is to have");
    }

    @Test
    void aHeartbeatThatChangesNothingWritesNothing() {
        int epoch = join("m").memberEpoch();
        int records = coordinator.log.records().size();

        HeartbeatResult answer = coordinator.beat("m", epoch, null, null);

        assertEquals(Duration.ofSeconds(5), answer.heartbeatInterval());
        assertNull(answer.assignment());
        assertEquals(records, coordinator.log.records().size());
    }

    @Test
    void onlyWhatMayHaveATargetComputedIsLeftToAWorker() {
        List<Runnable> left = new ArrayList<>();
        JoinConsumerGroup members = new ConsumerGroupMembership(
                coordinator.groups, ConsumerGroupSettings.DEFAULT, new FixedIdentifiers(9), () -> true, left::add);
        join("m");

        assertTrue(beat(members, 2, null).isDone(), "nothing is new");
        assertFalse(beat(members, 2, List.of("other")).isDone(), "it wants something else");
        left.remove(0).run();
        coordinator.topics.create(new Topic("other", new UUID(3, 3), 1, (short) 1, Map.of()));
        CompletableFuture<HeartbeatResult> afterATopicCame = beat(members, 3, null);
        assertFalse(afterATopicCame.isDone());
        left.remove(0).run();
        assertEquals(4, afterATopicCame.join().memberEpoch());
        assertTrue(beat(members, 4, null).isDone());
    }

    private static CompletableFuture<HeartbeatResult> beat(JoinConsumerGroup members, int epoch, List<String> topics) {
        ConsumerHeartbeat said = new ConsumerHeartbeat("g", "m", epoch, null, null, -1, topics, null, null, List.of());
        return members.heartbeat(Coordinator.from("a"), said, MemberNaming.BY_MEMBER)
                .toCompletableFuture();
    }

    @Test
    void aGroupThatNobodyCouldJoinIsNotThere() {
        HeartbeatResult refused = coordinator.beat("m", JOINING, null, "(");

        assertEquals(ErrorCode.INVALID_REGULAR_EXPRESSION, refused.error());
        assertFalse(coordinator.inspection.exists("g"));
    }

    @Test
    void whatTheLogRefusesHasNotHappened() {
        join("m");
        ConsumerGroupDescription before = described();
        coordinator.log.failWith(ErrorCode.KAFKA_STORAGE_ERROR);

        assertEquals(ErrorCode.NOT_COORDINATOR, join("n").error());
        assertEquals(before, described());

        coordinator.log.repair();
        assertEquals(ErrorCode.NONE, join("n").error());
        assertEquals(2, described().members().size());
    }

    @Test
    void aSessionThatEndsWhileTheLogRefusesEndsLater() {
        join("m");
        coordinator.log.failWith(ErrorCode.KAFKA_STORAGE_ERROR);
        coordinator.time.advance(Duration.ofSeconds(45));
        assertEquals(1, described().members().size());

        coordinator.log.repair();
        coordinator.time.advance(Duration.ofSeconds(1));

        assertEquals(List.of(), described().members());
        assertEquals("Empty", described().state());
    }

    @Test
    void anUnexpectedFailureLeavesTheGroupAsTheLogHasIt() {
        join("m");
        ConsumerGroupDescription before = described();
        coordinator.trouble.expect(Trouble.Where.TIMER, 1, false);
        try {
            join("n");
        } catch (RuntimeException expected) {
            coordinator.trouble.isOver();
        }
        coordinator.trouble.isOver();

        assertEquals(ErrorCode.NONE, coordinator.beat("m", 2, null, null).error());
        ConsumerGroupDescription after = described();
        coordinator.restart();
        assertEquals(after, described());
        assertTrue(after.groupEpoch() >= before.groupEpoch());
    }

    @Test
    void topicsOfARegularExpressionAreFoundAside() {
        assertEquals(Map.of(), coordinator.beat("m", JOINING, null, "ord.*").assignment());
        assertEquals(ALL, coordinator.beat("m", 1, null, null).assignment());

        UUID more = new UUID(1, 2);
        coordinator.topics.create(new Topic("orders-2", more, 1, (short) 1, Map.of()));
        assertNull(coordinator.beat("m", 2, null, null).assignment());
        coordinator.time.advance(Duration.ofSeconds(11));
        coordinator.beat("m", 2, null, null);
        assertEquals(
                Map.of(Coordinator.TOPIC_ID, ALL.get(Coordinator.TOPIC_ID), more, Set.of(0)),
                coordinator.beat("m", 2, null, null).assignment());
    }

    @Test
    void onlyOffsetsOfTheMembersEpochAreCommitted() {
        join("m");
        assertEquals(List.of(ErrorCode.NONE), coordinator.commit(Coordinator.member(2, "m"), Coordinator.offset(0, 5)));
        assertEquals(
                List.of(ErrorCode.STALE_MEMBER_EPOCH),
                coordinator.commit(Coordinator.member(1, "m"), Coordinator.offset(0, 6)));
        assertEquals(
                List.of(ErrorCode.UNKNOWN_MEMBER_ID),
                coordinator.commit(Coordinator.member(2, "other"), Coordinator.offset(0, 7)));
        assertEquals(5, coordinator.committed("g").get(0).offset());
    }

    @Test
    void aPartitionThatWasThereBeforeMayBeCommittedWithTheEpochOfThen() {
        join("m");
        join("n");
        coordinator.beat("m", 2, null, null);
        coordinator.beat("m", 2, null, null, new TopicPartitions(Coordinator.TOPIC_ID, List.of(0, 1)));
        assertEquals(3, described().members().get(0).epoch());

        assertEquals(List.of(ErrorCode.NONE), coordinator.commit(Coordinator.member(2, "m"), Coordinator.offset(0, 5)));
        assertEquals(
                List.of(ErrorCode.STALE_MEMBER_EPOCH),
                coordinator.commit(Coordinator.member(2, "m"), Coordinator.offset(3, 5)));
    }

    @Test
    void offsetsStayWithAGroupThatChangesItsProtocol() {
        coordinator.commit(Coordinator.outsider("g"), Coordinator.offset(0, 5));
        join("m");
        assertEquals("consumer", type());
        assertEquals(5, coordinator.committed("g").get(0).offset());

        coordinator.beat("m", LEAVING, null, null);
        String classic = coordinator.stableMember();
        assertEquals("classic", type());
        assertEquals(5, coordinator.committed("g").get(0).offset());

        coordinator.restart();
        assertEquals("classic", type());
        assertEquals(ErrorCode.NONE, coordinator.heartbeat(classic, 1));
        assertEquals(5, coordinator.committed("g").get(0).offset());
    }

    private String type() {
        List<GroupListing> all = coordinator.inspection.list(Coordinator.from("x"), List.of(), List.of());
        assertEquals(1, all.size());
        return all.get(0).type();
    }

    @Test
    void anEmptyGroupOfWhichNothingIsLeftEnds() {
        join("m");
        coordinator.beat("m", LEAVING, null, null);
        coordinator.time.advance(Duration.ofMinutes(11));
        assertFalse(coordinator.inspection.exists("g"));
        coordinator.restart();
        assertFalse(coordinator.inspection.exists("g"));
    }

    @Test
    void offsetsOfTopicsThatSomebodyWantsDoNotEnd() {
        join("m");
        coordinator.commit(Coordinator.member(2, "m"), Coordinator.offset(0, 5));
        for (int day = 0; day < 8 * 24 * 120; day++) {
            coordinator.time.advance(Duration.ofSeconds(30));
            coordinator.beat("m", 2, null, null);
        }
        assertEquals(1, coordinator.committed("g").size());

        coordinator.beat("m", LEAVING, null, null);
        coordinator.time.advance(Duration.ofMinutes(11));
        assertEquals(0, coordinator.committed("g").size());
    }
}
