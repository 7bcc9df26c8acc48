package io.strikemq.domain.group.classic;

import static io.strikemq.domain.group.classic.ClassicGroupState.EMPTY;
import static io.strikemq.domain.group.classic.ClassicGroupState.PREPARING_REBALANCE;
import static io.strikemq.domain.group.classic.ClassicGroupState.STABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupEvent;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.group.Transition;
import io.strikemq.domain.settings.GroupSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeaveAndExpiryTest {
    private final GroupFixture group = new GroupFixture();

    @Test
    void theLastMemberThatLeavesEmptiesTheGroupUnderANewGeneration() {
        List<String> ids = group.stableWith("a");
        assertEquals(ErrorCode.NONE, group.leave(ids.get(0)));
        assertEquals(EMPTY, group.state());
        assertEquals(2, group.generation());
        GroupSnapshot stored = group.log().get(group.log().size() - 1);
        assertEquals(2, stored.generationId());
        assertEquals("consumer", stored.protocolType());
        assertNull(stored.protocolName());
        assertNull(stored.leaderId());
        assertTrue(group.deadlines().isEmpty());
    }

    @Test
    void theOthersRebalanceWhenOneLeaves() {
        List<String> ids = group.stableWith("a", "b");
        assertEquals(ErrorCode.NONE, group.leave(ids.get(0)));
        assertEquals(PREPARING_REBALANCE, group.state());
        assertEquals(ids.get(1), group.leader());
        assertEquals(ErrorCode.REBALANCE_IN_PROGRESS, group.heartbeat(ids.get(1)));
        assertEquals(2, group.join("b").as(ids.get(1)).with("range").join().generationId());
    }

    @Test
    void severalLeaveAtOnceAndEachIsAnswered() {
        List<String> ids = group.stableWith("a", "b", "c");
        var result = group.leave(
                new LeavingMember(ids.get(0), null, null),
                new LeavingMember("ghost", null, null),
                new LeavingMember(ids.get(2), null, null));
        assertEquals(
                List.of(ErrorCode.NONE, ErrorCode.UNKNOWN_MEMBER_ID, ErrorCode.NONE),
                result.members().stream().map(left -> left.error()).toList());
        assertEquals(List.of(ids.get(1)), group.memberIds());
    }

    @Test
    void aLeaveOfStrangersDisturbsNobody() {
        group.stableWith("a");
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, group.leave("ghost"));
        assertEquals(STABLE, group.state());
    }

    @Test
    void aPendingMemberMayLeave() {
        String pending = group.join("a").idFirst().with("range").join().memberId();
        assertEquals(ErrorCode.NONE, group.leave(pending));
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, group.leave(pending));
        assertTrue(group.deadlines().isEmpty());
    }

    @Test
    void whoLeavesWhileItsJoinWaitsIsAnswered() {
        List<String> ids = group.stableWith("a", "b");
        Ticket a = group.join("a").as(ids.get(0)).with("range");
        group.leave(ids.get(0));
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, a.code());
    }

    @Test
    void aSilentMemberIsOutWhenItsSessionEnds() {
        List<String> ids = group.stableWith("a", "b");
        group.pass(Duration.ofSeconds(9));
        group.heartbeat(ids.get(0));
        group.pass(Duration.ofSeconds(1));
        assertEquals(List.of(ids.get(0)), group.memberIds());
        assertEquals(PREPARING_REBALANCE, group.state());
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, group.heartbeat(ids.get(1)));
    }

    @Test
    void aCommitKeepsTheSessionAliveToo() {
        List<String> ids = group.stableWith("a");
        for (int i = 0; i < 4; i++) {
            group.pass(Duration.ofSeconds(9));
            assertEquals(ErrorCode.NONE, group.commit(1, ids.get(0), null));
        }
        assertEquals(STABLE, group.state());
    }

    @Test
    void theDeathOfTheMissingMemberEndsTheRebalance() {
        List<String> ids = group.stableWith("a", "b");
        Ticket a = group.join("a").as(ids.get(0)).with("range");
        group.pass(Duration.ofSeconds(10));
        assertEquals(2, a.join().generationId());
        assertEquals(List.of(ids.get(0)), group.memberIds());
    }

    @Test
    void heartbeatsOfAnOldGenerationAreRefused() {
        List<String> ids = group.stableWith("a");
        assertEquals(ErrorCode.ILLEGAL_GENERATION, group.heartbeat(new GroupMember("g", 0, ids.get(0), null)));
        assertEquals(ErrorCode.ILLEGAL_GENERATION, group.heartbeat(new GroupMember("g", -1, ids.get(0), null)));
    }

    @Test
    void commitsAreAllowedToMembersOfTheGenerationAndInEmptyGroups() {
        assertEquals(ErrorCode.NONE, group.commit(-1, "", null));
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, group.commit(0, "ghost", null));
        List<String> ids = group.stableWith("a");
        assertEquals(ErrorCode.NONE, group.commit(1, ids.get(0), null));
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, group.commit(-1, "", null));
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, group.commit(1, "ghost", null));
        assertEquals(ErrorCode.ILLEGAL_GENERATION, group.commit(0, ids.get(0), null));
        assertEquals(ErrorCode.ILLEGAL_GENERATION, group.commit(-1, ids.get(0), null));
    }

    @Test
    void commitsOfTheOldGenerationAreAllowedWhileMembersAreCollectedButNotWhileTheyAreAssigned() {
        List<String> ids = group.stableWith("a", "b");
        group.join("a").as(ids.get(0)).with("range");
        assertEquals(ErrorCode.NONE, group.commit(1, ids.get(1), null));
        group.join("b").as(ids.get(1)).with("range");
        assertEquals(ErrorCode.REBALANCE_IN_PROGRESS, group.commit(2, ids.get(1), null));
        assertEquals(ErrorCode.ILLEGAL_GENERATION, group.commit(1, ids.get(1), null));
    }

    @Test
    void aRestartedGroupIsStableAndGivesEachMemberASession() {
        List<String> ids = group.stableWith("a", "b");
        group.restart();
        assertEquals(STABLE, group.state());
        assertEquals(ids, group.memberIds());
        assertEquals("of " + ids.get(1), group.sync(ids.get(1)).assignment());
        assertEquals(ErrorCode.NONE, group.heartbeat(ids.get(0)));
        group.pass(Duration.ofSeconds(10));
        assertEquals(EMPTY, group.state());
    }

    @Test
    void aRestartedGroupAboveTheLimitRebalancesDownToIt() {
        group.stableWith("a", "b", "c");
        ClassicGroup stored = ClassicGroup.restored(group.group().snapshot());
        Transition<ClassicGroup> loaded =
                new ClassicGroupRules(GroupSettings.DEFAULT.withMaxSize(2)).apply(stored, new GroupEvent.Loaded(), 0);
        assertEquals(PREPARING_REBALANCE, loaded.next().state());
    }

    @Test
    void onlyGroupsWithoutMembersMayBeDeleted() {
        assertEquals(ErrorCode.NONE, group.group().deletable());
        group.stableWith("a");
        assertEquals(ErrorCode.NON_EMPTY_GROUP, group.group().deletable());
        group.retire();
        assertEquals(ErrorCode.GROUP_ID_NOT_FOUND, group.group().deletable());
    }

    @Test
    void subscriptionsAreReadOfConsumersOnly() {
        List<String> ids = group.stableWith("a");
        assertEquals(Optional.empty(), group.group().subscribedTopics());
        group.leave(ids.get(0));
        assertEquals(Optional.of(Set.of()), group.group().subscribedTopics());
    }
}
