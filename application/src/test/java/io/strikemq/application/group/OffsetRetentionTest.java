package io.strikemq.application.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.offset.OffsetCommit;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicRef;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OffsetRetentionTest {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final TopicRef ORDERS = TopicRef.byName("orders");

    private final Coordinator coordinator = new Coordinator();

    @Test
    void offsetsOfAGroupThatNeverHadMembersEndAWeekAfterTheirCommit() {
        GroupMember g = Coordinator.outsider("g");
        coordinator.commit(g, Coordinator.offset(0, 1));
        coordinator.time.advance(Duration.ofDays(3));
        coordinator.commit(g, Coordinator.offset(1, 1));
        coordinator.time.advance(Duration.ofDays(4));
        assertEquals(-1, coordinator.committed("g", ORDERS, 0).offset());
        assertEquals(1, coordinator.committed("g", ORDERS, 1).offset());
        coordinator.time.advance(Duration.ofDays(3));
        assertFalse(coordinator.inspection.exists("g"));
        assertEquals(0, coordinator.time.pendingDeadlines());
        coordinator.restart();
        assertFalse(coordinator.inspection.exists("g"));
    }

    @Test
    void aCommitAgainBeginsTheWeekAnew() {
        GroupMember g = Coordinator.outsider("g");
        coordinator.commit(g, Coordinator.offset(0, 1));
        coordinator.time.advance(Duration.ofDays(6));
        coordinator.commit(g, Coordinator.offset(0, 2));
        coordinator.time.advance(Duration.ofDays(6));
        assertEquals(2, coordinator.committed("g", ORDERS, 0).offset());
        coordinator.time.advance(Duration.ofDays(1));
        assertFalse(coordinator.inspection.exists("g"));
    }

    @Test
    void offsetsOfAGroupEndAWeekAfterItsLastMember() {
        String id = coordinator.stableMember();
        coordinator.commit(Coordinator.member(1, id), Coordinator.offset(0, 1));
        keepAlive(id, Duration.ofHours(2));
        coordinator.leave(id);
        coordinator.time.advance(WEEK.minusMillis(1));
        assertTrue(coordinator.inspection.exists("g"));
        coordinator.time.advance(Duration.ofMillis(1));
        assertFalse(coordinator.inspection.exists("g"));
    }

    @Test
    void aClientMayAskForAnotherTime() {
        coordinator.commit(
                Coordinator.outsider("g"), new OffsetCommit(ORDERS, 0, 1, -1, "", -1, 1000), Coordinator.offset(1, 1));
        coordinator.time.advance(Duration.ofSeconds(1));
        assertEquals(-1, coordinator.committed("g", ORDERS, 0).offset());
        assertEquals(1, coordinator.committed("g", ORDERS, 1).offset());
    }

    @Test
    void aGroupWithoutMembersAndOffsetsGoesWithTheNextCheck() {
        String id = coordinator.stableMember();
        coordinator.leave(id);
        coordinator.time.advance(Duration.ofMinutes(10));
        assertFalse(coordinator.inspection.exists("g"));
        assertEquals(0, coordinator.time.pendingDeadlines());
    }

    @Test
    void aStableGroupKeepsWhatItReadsAndForgetsWhatItNoLongerReads() {
        Coordinator patient = new Coordinator(coordinator.settings);
        patient.topics.create(new Topic("former", new UUID(8, 8), 1, (short) 1, Map.of()));
        TopicRef former = TopicRef.byName("former");
        String id = patient.stableMember();
        patient.commit(Coordinator.member(1, id), Coordinator.offset(0, 1), Coordinator.offset(former, 0, 1));
        for (int i = 0; i < 7 * 24 * 60 * 60 / 9 + 1; i++) {
            patient.time.advance(Duration.ofSeconds(9));
            patient.heartbeat(id, 1);
        }
        assertEquals(1, patient.committed("g", ORDERS, 0).offset());
        assertEquals(-1, patient.committed("g", former, 0).offset());
        assertEquals(ErrorCode.NONE, patient.heartbeat(id, 1));
    }

    @Test
    void whatCannotBeForgottenIsTriedAgain() {
        coordinator.commit(Coordinator.outsider("g"), Coordinator.offset(0, 1));
        coordinator.log.failWith(ErrorCode.KAFKA_STORAGE_ERROR);
        coordinator.time.advance(WEEK);
        assertTrue(coordinator.inspection.exists("g"));
        coordinator.log.repair();
        coordinator.time.advance(Duration.ofMinutes(10));
        assertFalse(coordinator.inspection.exists("g"));
    }

    private void keepAlive(String id, Duration howLong) {
        for (long second = 0; second < howLong.toSeconds(); second += 9) {
            coordinator.time.advance(Duration.ofSeconds(9));
            coordinator.heartbeat(id, 1);
        }
    }
}
