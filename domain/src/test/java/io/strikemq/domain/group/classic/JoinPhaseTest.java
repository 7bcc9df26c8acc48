package io.strikemq.domain.group.classic;

import static io.strikemq.domain.group.classic.ClassicGroupState.COMPLETING_REBALANCE;
import static io.strikemq.domain.group.classic.ClassicGroupState.EMPTY;
import static io.strikemq.domain.group.classic.ClassicGroupState.PREPARING_REBALANCE;
import static io.strikemq.domain.group.classic.ClassicGroupState.STABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.settings.GroupSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinPhaseTest {
    private final GroupFixture group = new GroupFixture();

    @Test
    void theFirstMemberLeadsAndAloneIsToldOfAll() {
        Ticket a = group.join("a").with("range:A");
        Ticket b = group.join("b").with("range:B");
        group.pass(Duration.ZERO);

        JoinResult first = a.join();
        assertEquals(ErrorCode.NONE, first.error());
        assertEquals(1, first.generationId());
        assertEquals("consumer", first.protocolType());
        assertEquals("range", first.protocolName());
        assertEquals(first.memberId(), first.leaderId());
        assertEquals(
                List.of("A", "B"),
                first.members().stream()
                        .map(m -> GroupFixture.text(m.metadata()))
                        .toList());
        assertEquals(first.memberId(), b.join().leaderId());
        assertEquals(List.of(), b.join().members());
        assertEquals(COMPLETING_REBALANCE, group.state());
    }

    @Test
    void memberIdsBeginWithTheClientIdOrTheInstanceId() {
        Ticket dynamic = group.join("app").with("range");
        Ticket fixed = group.join("app").instance("pod-7").with("range");
        group.pass(Duration.ZERO);
        assertTrue(dynamic.join().memberId().startsWith("app-"));
        assertTrue(fixed.join().memberId().startsWith("pod-7-"));
    }

    @Test
    void aMemberIdIsRequiredBeforeADynamicMemberOfANewClientCounts() {
        Ticket first = group.join("a").idFirst().with("range");
        assertEquals(ErrorCode.MEMBER_ID_REQUIRED, first.code());
        assertEquals(EMPTY, group.state());
        assertEquals(List.of(), group.memberIds());

        Ticket second = group.join("a").idFirst().as(first.join().memberId()).with("range");
        group.pass(Duration.ZERO);
        assertEquals(first.join().memberId(), second.join().memberId());
    }

    @Test
    void aPendingMemberThatDoesNotComeBackIsForgottenAfterItsSession() {
        String id = group.join("a")
                .idFirst()
                .sessionTimeout(Duration.ofSeconds(6))
                .with("range")
                .join()
                .memberId();
        group.pass(Duration.ofSeconds(6));
        assertEquals(
                ErrorCode.UNKNOWN_MEMBER_ID,
                group.join("a").as(id).with("range").code());
    }

    @Test
    void aRebalanceWaitsForPendingMembers() {
        List<String> ids = group.stableWith("a");
        Ticket pending = group.join("b").idFirst().with("range");
        Ticket again = group.join("a").as(ids.get(0)).with("range");
        assertFalse(again.isAnswered());
        group.join("b").as(pending.join().memberId()).with("range");
        assertEquals(2, again.join().generationId());
    }

    @Test
    void theInitialDelayIsExtendedWhileMembersComeUpToTheRebalanceTimeout() {
        GroupFixture slow = new GroupFixture(GroupSettings.DEFAULT.withInitialRebalanceDelay(Duration.ofSeconds(3)));
        Duration timeout = Duration.ofSeconds(7);
        Ticket a = slow.join("a").rebalanceTimeout(timeout).with("range");
        slow.pass(Duration.ofSeconds(2));
        slow.join("b").rebalanceTimeout(timeout).with("range");
        slow.pass(Duration.ofSeconds(3));
        assertFalse(a.isAnswered());
        slow.join("c").rebalanceTimeout(timeout).with("range");
        slow.pass(Duration.ofMillis(1500));
        slow.join("d").rebalanceTimeout(timeout).with("range");
        assertFalse(a.isAnswered());
        slow.pass(Duration.ofMillis(500));
        assertEquals(4, a.join().members().size());
    }

    @Test
    void anUnusedInitialDelayIsWaitedOutOnce() {
        GroupFixture slow = new GroupFixture(GroupSettings.DEFAULT.withInitialRebalanceDelay(Duration.ofSeconds(3)));
        Ticket a = slow.join("a").with("range");
        slow.pass(Duration.ofMillis(2999));
        assertFalse(a.isAnswered());
        slow.pass(Duration.ofMillis(1));
        assertTrue(a.isAnswered());
    }

    @Test
    void theProtocolThatMostMembersPreferAmongThoseOfAllIsChosen() {
        Ticket a = group.join("a").with("range", "sticky");
        group.join("b").with("sticky", "range");
        group.join("c").with("other", "sticky", "range");
        group.pass(Duration.ZERO);
        assertEquals("sticky", a.join().protocolName());
    }

    @Test
    void whoSharesNoProtocolOrTypeOrSpeaksNoneIsRefused() {
        assertEquals(
                ErrorCode.INCONSISTENT_GROUP_PROTOCOL, group.join("a").with().code());
        assertEquals(
                ErrorCode.INCONSISTENT_GROUP_PROTOCOL,
                group.join("a").type("").with("range").code());
        group.stableWith("a");
        assertEquals(
                ErrorCode.INCONSISTENT_GROUP_PROTOCOL,
                group.join("b").with("sticky").code());
        assertEquals(
                ErrorCode.INCONSISTENT_GROUP_PROTOCOL,
                group.join("b").type("connect").with("range").code());
        assertEquals(STABLE, group.state());
    }

    @Test
    void aLeaderThatJoinsAgainForcesARebalance() {
        List<String> ids = group.stableWith("a", "b");
        group.join("a").as(ids.get(0)).with("range");
        assertEquals(PREPARING_REBALANCE, group.state());
        assertEquals(ErrorCode.REBALANCE_IN_PROGRESS, group.heartbeat(ids.get(1)));
    }

    @Test
    void aFollowerThatSaysTheSameIsToldTheCurrentGeneration() {
        List<String> ids = group.stableWith("a", "b");
        JoinResult result = group.join("b").as(ids.get(1)).with("range").join();
        assertEquals(ErrorCode.NONE, result.error());
        assertEquals(1, result.generationId());
        assertEquals(ids.get(0), result.leaderId());
        assertEquals(STABLE, group.state());
    }

    @Test
    void aFollowerThatSaysSomethingNewForcesARebalance() {
        List<String> ids = group.stableWith("a", "b");
        Ticket b = group.join("b").as(ids.get(1)).with("range:other topics");
        assertFalse(b.isAnswered());
        assertEquals(PREPARING_REBALANCE, group.state());
    }

    @Test
    void aRepeatedJoinBeforeTheAssignmentRepeatsTheAnswer() {
        Ticket a = group.join("a").with("range");
        group.pass(Duration.ZERO);
        Ticket again = group.join("a").as(a.join().memberId()).with("range");
        assertEquals(a.join(), again.join());
        assertEquals(COMPLETING_REBALANCE, group.state());
    }

    @Test
    void anotherJoinOfTheSameMemberTakesThePlaceOfTheOneThatWaits() {
        List<String> ids = group.stableWith("a", "b");
        Ticket lost = group.join("a").as(ids.get(0)).with("range");
        Ticket retry = group.join("a").as(ids.get(0)).with("range");
        assertEquals(ErrorCode.REBALANCE_IN_PROGRESS, lost.code());
        group.join("b").as(ids.get(1)).with("range");
        assertEquals(2, retry.join().generationId());
    }

    @Test
    void whoDoesNotJoinAgainWithinTheRebalanceTimeoutIsOut() {
        List<String> ids = group.stableWith("a", "b");
        Ticket a = group.join("a").as(ids.get(0)).with("range");
        // b lives, but does not join.
        for (int second = 0; second < 60; second += 5) {
            assertFalse(a.isAnswered());
            assertEquals(ErrorCode.REBALANCE_IN_PROGRESS, group.heartbeat(ids.get(1)));
            group.pass(Duration.ofSeconds(5));
        }
        assertEquals(
                List.of(ids.get(0)),
                a.join().members().stream().map(JoinResult.Joined::memberId).toList());
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, group.heartbeat(ids.get(1)));
    }

    @Test
    void aMissingLeaderIsReplacedByAMemberThatJoined() {
        List<String> ids = group.stableWith("a", "b");
        Ticket b = group.join("b").as(ids.get(1)).with("range:new");
        group.pass(Duration.ofSeconds(60));
        assertEquals(ids.get(1), b.join().leaderId());
        assertEquals(1, b.join().members().size());
    }

    @Test
    void membersAreNotExpiredWhileTheyWaitInAJoin() {
        List<String> ids = group.stableWith("a", "b");
        Ticket a = group.join("a")
                .as(ids.get(0))
                .sessionTimeout(Duration.ofSeconds(6))
                .with("range");
        for (int second = 0; second < 30; second += 5) {
            group.heartbeat(ids.get(1));
            group.pass(Duration.ofSeconds(5));
        }
        assertFalse(a.isAnswered());
        assertTrue(group.memberIds().contains(ids.get(0)));
    }

    @Test
    void aNewMemberThatWaitsLongerThanFiveMinutesIsToldToAskAgain() {
        List<String> ids = group.stableWith("a");
        Duration patience = Duration.ofMinutes(30);
        group.join("a").as(ids.get(0)).rebalanceTimeout(patience).with("range:x");
        group.syncAll(List.of(ids.get(0)));
        Ticket b = group.join("b").rebalanceTimeout(patience).with("range");
        for (int minute = 0; minute < 5; minute++) {
            for (int second = 0; second < 60; second += 5) {
                group.heartbeat(ids.get(0));
                group.pass(Duration.ofSeconds(5));
            }
        }
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, b.code());
        assertEquals("", b.join().memberId());
    }

    @Test
    void aFullGroupTakesNobodyMore() {
        GroupFixture small = new GroupFixture(GroupSettings.DEFAULT.withMaxSize(2));
        List<String> ids = small.stableWith("a", "b");
        assertEquals(
                ErrorCode.GROUP_MAX_SIZE_REACHED, small.join("c").with("range").code());
        assertEquals(
                ErrorCode.NONE, small.join("b").as(ids.get(1)).with("range").code());
        small.join("a").as(ids.get(0)).with("range");
        small.join("b").as(ids.get(1)).with("range");
        assertEquals(2, small.memberIds().size());
        assertEquals(
                ErrorCode.GROUP_MAX_SIZE_REACHED, small.join("c").with("range").code());
    }

    @Test
    void anUnknownMemberIdIsRefusedInEveryState() {
        assertEquals(
                ErrorCode.UNKNOWN_MEMBER_ID,
                group.join("x").as("ghost").with("range").code());
        group.stableWith("a");
        Ticket refused = group.join("x").as("ghost").with("range");
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, refused.code());
        assertEquals("ghost", refused.join().memberId());
    }

    @Test
    void aDeadGroupSendsEverybodyToLookForTheCoordinatorAgain() {
        List<String> ids = group.stableWith("a", "b");
        Ticket waiting = group.join("a").as(ids.get(0)).with("range");
        group.retire();
        assertEquals(ErrorCode.NOT_COORDINATOR, waiting.code());
        assertEquals(
                ErrorCode.COORDINATOR_NOT_AVAILABLE,
                group.join("c").with("range").code());
        assertEquals(
                ErrorCode.COORDINATOR_NOT_AVAILABLE,
                group.join("b").as(ids.get(1)).with("range").code());
        assertEquals(ErrorCode.COORDINATOR_NOT_AVAILABLE, group.heartbeat(ids.get(0)));
        assertEquals(ErrorCode.COORDINATOR_NOT_AVAILABLE, group.sync(ids.get(0)).code());
        LeavingMember leaving = new LeavingMember(ids.get(0), null, null);
        assertEquals(ErrorCode.COORDINATOR_NOT_AVAILABLE, group.leave(leaving).error());
        assertEquals(ErrorCode.COORDINATOR_NOT_AVAILABLE, group.commit(1, ids.get(0), null));
    }
}
