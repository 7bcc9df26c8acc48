package io.strikemq.domain.group.classic;

import static io.strikemq.domain.group.classic.ClassicGroupState.COMPLETING_REBALANCE;
import static io.strikemq.domain.group.classic.ClassicGroupState.PREPARING_REBALANCE;
import static io.strikemq.domain.group.classic.ClassicGroupState.STABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupMember;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** KIP-345 and KIP-814. */
class StaticMembershipTest {
    private final GroupFixture group = new GroupFixture();
    private String leader;
    private String follower;

    @BeforeEach
    void twoStaticMembersAreStable() {
        Ticket a = group.join("a").instance("i-a").with("range");
        Ticket b = group.join("b").instance("i-b").with("range");
        group.pass(Duration.ZERO);
        leader = a.join().memberId();
        follower = b.join().memberId();
        group.syncAll(List.of(leader, follower));
    }

    @Test
    void aStaticMemberThatComesBackTakesUpItsAssignmentWithoutARebalance() {
        JoinResult back = group.join("b").instance("i-b").with("range").join();
        assertEquals(ErrorCode.NONE, back.error());
        assertEquals(1, back.generationId());
        assertNotEquals(follower, back.memberId());
        assertEquals(STABLE, group.state());
        GroupMember fresh = new GroupMember("g", 1, back.memberId(), "i-b");
        assertEquals("of " + follower, group.sync(fresh, null, null).assignment());
    }

    @Test
    void aStaticMembersReturnIsInTheLog() {
        String id = group.join("b").instance("i-b").with("range").join().memberId();
        var stored = group.log().get(group.log().size() - 1);
        assertTrue(
                stored.members().stream().anyMatch(member -> member.memberId().equals(id)));
        assertFalse(
                stored.members().stream().anyMatch(member -> member.memberId().equals(follower)));
    }

    @Test
    void aLeaderThatKnowsHowIsToldToSkipTheAssignment() {
        JoinResult back =
                group.join("a").instance("i-a").skipping().with("range").join();
        assertTrue(back.skipAssignment());
        assertEquals(back.memberId(), back.leaderId());
        assertEquals(2, back.members().size());
    }

    @Test
    void aLeaderThatDoesNotKnowHowBelievesThatItsOldSelfLeads() {
        JoinResult back = group.join("a").instance("i-a").with("range").join();
        assertFalse(back.skipAssignment());
        assertEquals(leader, back.leaderId());
        assertEquals(List.of(), back.members());
        assertEquals(back.memberId(), group.leader());
    }

    @Test
    void anotherProtocolOfAReturningMemberForcesARebalance() {
        // The vote changes, since both now prefer sticky.
        GroupFixture other = new GroupFixture();
        Ticket a = other.join("a").instance("i-a").with("range", "sticky");
        other.pass(Duration.ZERO);
        other.syncAll(List.of(a.join().memberId()));
        Ticket back = other.join("a").instance("i-a").with("sticky", "range");
        assertEquals("sticky", back.join().protocolName());
        assertEquals(2, back.join().generationId());
        assertEquals(COMPLETING_REBALANCE, other.state());
    }

    @Test
    void theOldSelfIsFencedEverywhere() {
        String fresh = group.join("b").instance("i-b").with("range").join().memberId();
        GroupMember old = new GroupMember("g", 1, follower, "i-b");
        assertEquals(ErrorCode.FENCED_INSTANCE_ID, group.heartbeat(old));
        assertEquals(ErrorCode.FENCED_INSTANCE_ID, group.sync(old, null, null).code());
        assertEquals(ErrorCode.FENCED_INSTANCE_ID, group.commit(1, follower, "i-b"));
        assertEquals(
                ErrorCode.FENCED_INSTANCE_ID,
                group.join("b").as(follower).instance("i-b").with("range").code());
        assertEquals(
                ErrorCode.FENCED_INSTANCE_ID,
                group.leave(new LeavingMember(follower, "i-b", null))
                        .members()
                        .get(0)
                        .error());
        assertEquals(ErrorCode.NONE, group.heartbeat(new GroupMember("g", 1, fresh, "i-b")));
    }

    @Test
    void anUnknownInstanceIsAnUnknownMember() {
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, group.heartbeat(new GroupMember("g", 1, follower, "i-x")));
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, group.commit(1, follower, "i-x"));
    }

    @Test
    void whoWaitsUnderTheOldIdIsFencedAtOnce() {
        group.join("a").as(leader).instance("i-a").with("range");
        Ticket waiting = group.join("b").as(follower).instance("i-b").with("range");
        group.syncAll(List.of(leader, follower));
        Ticket parked = group.join("a").as(leader).instance("i-a").with("range:x");
        assertFalse(parked.isAnswered());
        group.join("a").instance("i-a").with("range:x");
        assertEquals(ErrorCode.FENCED_INSTANCE_ID, parked.code());
        assertEquals(leader, parked.join().memberId());
        assertEquals(ErrorCode.NONE, waiting.code());
    }

    @Test
    void aReturnDuringTheSyncPhaseForcesARebalance() {
        group.join("a").as(leader).instance("i-a").with("range");
        group.join("b").as(follower).instance("i-b").with("range");
        assertEquals(COMPLETING_REBALANCE, group.state());
        Ticket parked = group.sync(new GroupMember("g", 2, follower, "i-b"), null, null);
        group.join("b").instance("i-b").with("range");
        assertEquals(ErrorCode.FENCED_INSTANCE_ID, parked.code());
        assertEquals(PREPARING_REBALANCE, group.state());
    }

    @Test
    void staticMembersThatDoNotJoinAgainStayUntilTheirSessionEnds() {
        group.join("a")
                .as(leader)
                .instance("i-a")
                .sessionTimeout(Duration.ofMinutes(30))
                .with("range");
        for (int second = 0; second < 60; second += 5) {
            group.heartbeat(new GroupMember("g", 1, follower, "i-b"));
            group.pass(Duration.ofSeconds(5));
        }
        assertEquals(COMPLETING_REBALANCE, group.state());
        assertTrue(group.memberIds().contains(follower));
        group.pass(Duration.ofSeconds(10));
        assertFalse(group.memberIds().contains(follower));
    }

    @Test
    void theGenerationWaitsWhenNoStaticMemberHasJoined() {
        Ticket c = group.join("c").with("range");
        assertEquals(
                ErrorCode.NONE,
                group.leave(c.isAnswered() ? "" : group.memberIds().get(2)));
        group.pass(Duration.ofSeconds(9));
        assertEquals(PREPARING_REBALANCE, group.state());
        assertEquals(1, group.generation());
        group.pass(Duration.ofSeconds(60));
        assertEquals(ClassicGroupState.EMPTY, group.state());
    }

    @Test
    void anAdministratorRemovesAStaticMemberByItsInstanceId() {
        var result = group.leave(new LeavingMember("", "i-b", "scaled down"), new LeavingMember("", "i-x", null));
        assertEquals(ErrorCode.NONE, result.error());
        assertEquals(ErrorCode.NONE, result.members().get(0).error());
        assertEquals("", result.members().get(0).memberId());
        assertEquals("i-b", result.members().get(0).groupInstanceId());
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, result.members().get(1).error());
        assertEquals(List.of(leader), group.memberIds());
    }

    @Test
    void aReturnThatCannotBeStoredIsTakenBack() {
        group.breakStorage(ErrorCode.NOT_COORDINATOR);
        Ticket back = group.join("a").instance("i-a").skipping().with("range:other");
        assertEquals(ErrorCode.NOT_COORDINATOR, back.code());
        assertEquals("", back.join().memberId());
        assertEquals(List.of(leader, follower), group.memberIds());
        assertEquals(leader, group.leader());
        assertEquals(ErrorCode.NONE, group.heartbeat(new GroupMember("g", 1, leader, "i-a")));
    }
}
