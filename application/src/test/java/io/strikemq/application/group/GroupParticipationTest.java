package io.strikemq.application.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.group.classic.JoinCommand;
import io.strikemq.domain.group.classic.JoinCommand.MemberIdPolicy;
import io.strikemq.domain.group.classic.JoinResult;
import io.strikemq.domain.group.classic.LeavingMember;
import io.strikemq.domain.group.classic.SyncCommand;
import io.strikemq.domain.group.classic.SyncResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GroupParticipationTest {
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private final Coordinator coordinator = new Coordinator();

    @Test
    void twoMembersShareAGenerationAndEachGetsItsAssignment() {
        CompletableFuture<JoinResult> a = coordinator.join("a", "");
        CompletableFuture<JoinResult> b = coordinator.join("b", "");
        assertFalse(a.isDone());
        coordinator.time.advance(Duration.ZERO);
        String leader = a.join().memberId();
        String follower = b.join().memberId();

        CompletableFuture<SyncResult> waiting = coordinator.sync(follower, 1);
        assertFalse(waiting.isDone());
        coordinator.sync(leader, 1, leader, follower);
        assertEquals(
                follower,
                StandardCharsets.UTF_8.decode(waiting.join().assignment()).toString());
        assertEquals(ErrorCode.NONE, coordinator.heartbeat(follower, 1));
    }

    @Test
    void memberIdsAreMadeOfTheClientIdAndAUuid() {
        CompletableFuture<JoinResult> joined =
                coordinator.join("app", Coordinator.command("g", "", null, TEN_SECONDS, MemberIdPolicy.ID_FIRST));
        assertEquals(ErrorCode.MEMBER_ID_REQUIRED, joined.join().error());
        assertTrue(joined.join().memberId().matches("app-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
    }

    @Test
    void aGroupIdIsRequired() {
        JoinCommand nameless = Coordinator.command("", "", null, TEN_SECONDS, MemberIdPolicy.ID_FIRST);
        GroupMember nobody = new GroupMember("", 1, "m", null);
        assertEquals(
                ErrorCode.INVALID_GROUP_ID,
                coordinator.join("a", nameless).join().error());
        assertEquals(ErrorCode.INVALID_GROUP_ID, coordinator.members.heartbeat(Coordinator.from("a"), nobody));
        SyncCommand sync = new SyncCommand(nobody, null, null, List.of());
        assertEquals(
                ErrorCode.INVALID_GROUP_ID,
                coordinator
                        .members
                        .sync(Coordinator.from("a"), sync)
                        .toCompletableFuture()
                        .join()
                        .error());
        assertEquals(
                ErrorCode.INVALID_GROUP_ID,
                coordinator.members.leave(Coordinator.from("a"), "", List.of()).error());
    }

    @Test
    void aSessionTimeoutLiesBetweenTheBounds() {
        for (Duration session :
                List.of(Duration.ofMillis(5999), Duration.ofMinutes(30).plusMillis(1))) {
            JoinCommand command = Coordinator.command("g", "m", null, session, MemberIdPolicy.JOIN_AT_ONCE);
            JoinResult refused = coordinator.join("a", command).join();
            assertEquals(ErrorCode.INVALID_SESSION_TIMEOUT, refused.error());
            assertEquals("m", refused.memberId());
        }
        assertFalse(coordinator.inspection.exists("g"));
    }

    @Test
    void groupsThatAreNotThereHaveNoMembers() {
        assertEquals(
                ErrorCode.UNKNOWN_MEMBER_ID,
                coordinator.join("a", "ghost").join().error());
        assertEquals("ghost", coordinator.join("a", "ghost").join().memberId());
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, coordinator.heartbeat("ghost", 1));
        assertEquals(
                ErrorCode.UNKNOWN_MEMBER_ID, coordinator.sync("ghost", 1).join().error());
        var left =
                coordinator.members.leave(Coordinator.from("a"), "g", List.of(new LeavingMember("ghost", "i", null)));
        assertEquals(ErrorCode.NONE, left.error());
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, left.members().get(0).error());
        assertFalse(coordinator.inspection.exists("g"));
    }

    @Test
    void withoutARebalanceTimeoutTheSessionsHolds() {
        JoinCommand old = new JoinCommand(
                "g",
                "",
                null,
                TEN_SECONDS,
                Duration.ofMillis(-1),
                "consumer",
                List.of(new JoinCommand.Protocol("range", Coordinator.subscription("orders"))),
                MemberIdPolicy.JOIN_AT_ONCE,
                JoinCommand.AssignmentSkipping.UNSUPPORTED,
                null);
        coordinator.join("a", old);
        coordinator.time.advance(Duration.ZERO);
        var described = coordinator.inspection.describe(Coordinator.from("x"), "g");
        assertEquals(TEN_SECONDS, described.members().get(0).rebalanceTimeout());
    }

    @Test
    void heartbeatsPutOffTheSessionWithoutSettingMoreTimers() {
        String id = coordinator.stableMember();
        int timers = coordinator.time.pendingDeadlines();
        for (int i = 0; i < 100; i++) {
            coordinator.time.advance(Duration.ofSeconds(9));
            assertEquals(ErrorCode.NONE, coordinator.heartbeat(id, 1));
            assertTrue(coordinator.time.pendingDeadlines() <= timers);
        }
        coordinator.time.advance(Duration.ofMillis(9999));
        assertEquals(ErrorCode.NONE, coordinator.heartbeat(id, 1));
        coordinator.time.advance(TEN_SECONDS);
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, coordinator.heartbeat(id, 1));
    }

    @Test
    void aGroupThatCannotBeStoredIsNotCreated() {
        coordinator.log.failWith(ErrorCode.KAFKA_STORAGE_ERROR);
        assertEquals(
                ErrorCode.COORDINATOR_NOT_AVAILABLE,
                coordinator.join("a", "").join().error());
        assertFalse(coordinator.inspection.exists("g"));
        assertEquals(0, coordinator.time.pendingDeadlines());
        coordinator.log.repair();
        coordinator.stableMember();
    }

    @Test
    void whoWaitsIsSentAwayWhenTheBrokerStops() {
        coordinator.stableMember();
        CompletableFuture<JoinResult> waiting = coordinator.join("b", "");
        coordinator.groups.close();
        assertEquals(ErrorCode.NOT_COORDINATOR, waiting.join().error());
        assertEquals(0, coordinator.time.pendingDeadlines());
    }

    @Test
    void anAnswerMayCallTheGroupAgain() {
        CompletableFuture<SyncResult> synced = coordinator
                .join("a", "")
                .thenCompose(joined -> coordinator.sync(joined.memberId(), 1, joined.memberId()));
        coordinator.time.advance(Duration.ZERO);
        assertEquals(ErrorCode.NONE, synced.join().error());
    }
}
