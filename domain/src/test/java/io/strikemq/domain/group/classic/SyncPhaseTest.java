package io.strikemq.domain.group.classic;

import static io.strikemq.domain.group.classic.ClassicGroupState.COMPLETING_REBALANCE;
import static io.strikemq.domain.group.classic.ClassicGroupState.PREPARING_REBALANCE;
import static io.strikemq.domain.group.classic.ClassicGroupState.STABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupMember;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyncPhaseTest {
    private final GroupFixture group = new GroupFixture();

    @Test
    void followersGetTheirAssignmentOnlyAfterTheLeaderSynced() {
        List<String> ids = joined("a", "b");
        Ticket b = group.sync(ids.get(1));
        assertFalse(b.isAnswered());
        Ticket a = group.sync(ids.get(0), ids.get(0) + "=p0", ids.get(1) + "=p1");
        assertEquals("p0", a.assignment());
        assertEquals("p1", b.assignment());
        assertEquals("range", b.sync().protocolName());
        assertEquals("consumer", b.sync().protocolType());
        assertEquals(STABLE, group.state());
    }

    @Test
    void aFollowerThatSyncsLateGetsItsAssignmentAtOnce() {
        List<String> ids = joined("a", "b");
        group.sync(ids.get(0), ids.get(1) + "=p1");
        assertEquals("p1", group.sync(ids.get(1)).assignment());
        assertEquals("p1", group.sync(ids.get(1)).assignment());
    }

    @Test
    void theAssignmentIsInTheLogBeforeAnybodyGetsIt() {
        List<String> ids = joined("a", "b");
        group.sync(ids.get(0), ids.get(0) + "=p0", ids.get(1) + "=p1");
        GroupSnapshot stored = group.log().get(group.log().size() - 1);
        assertEquals(1, stored.generationId());
        assertEquals("range", stored.protocolName());
        assertEquals(ids.get(0), stored.leaderId());
        assertEquals(
                List.of("p0", "p1"),
                stored.members().stream()
                        .map(m -> GroupFixture.text(m.assignment()))
                        .toList());
    }

    @Test
    void aFailureToStoreTheAssignmentIsToldAndTheGroupRebalances() {
        List<String> ids = joined("a", "b");
        Ticket b = group.sync(ids.get(1));
        group.breakStorage(ErrorCode.NOT_COORDINATOR);
        Ticket a = group.sync(ids.get(0), ids.get(0) + "=p0", ids.get(1) + "=p1");
        assertEquals(ErrorCode.NOT_COORDINATOR, a.code());
        assertEquals(ErrorCode.NOT_COORDINATOR, b.code());
        assertEquals(PREPARING_REBALANCE, group.state());
    }

    @Test
    void whoWaitsForAnAssignmentIsToldOfANewRebalance() {
        List<String> ids = joined("a", "b");
        Ticket b = group.sync(ids.get(1));
        group.join("c").with("range");
        assertEquals(ErrorCode.REBALANCE_IN_PROGRESS, b.code());
        assertEquals(ErrorCode.REBALANCE_IN_PROGRESS, group.sync(ids.get(0)).code());
    }

    @Test
    void whoDoesNotSyncWithinTheRebalanceTimeoutIsOut() {
        List<String> ids = joined("a", "b");
        Ticket a = group.sync(ids.get(0), ids.get(0) + "=p0");
        for (int second = 0; second < 60; second += 5) {
            assertEquals(ErrorCode.NONE, group.heartbeat(ids.get(0)));
            assertEquals(ErrorCode.NONE, group.heartbeat(ids.get(1)));
            group.pass(Duration.ofSeconds(5));
        }
        assertEquals(ErrorCode.NONE, a.code());
        assertEquals(List.of(ids.get(0)), group.memberIds());
        assertEquals(PREPARING_REBALANCE, group.state());
    }

    @Test
    void aLeaderThatDoesNotSyncIsOutAndTheFollowersRebalance() {
        List<String> ids = joined("a", "b");
        Ticket b = group.sync(ids.get(1));
        for (int second = 0; second < 60; second += 5) {
            group.heartbeat(ids.get(0));
            group.pass(Duration.ofSeconds(5));
        }
        assertEquals(ErrorCode.REBALANCE_IN_PROGRESS, b.code());
        assertEquals(List.of(ids.get(1)), group.memberIds());
        assertEquals(ids.get(1), group.leader());
    }

    @Test
    void theSyncDeadlineHasNoEffectOnceAllHaveSynced() {
        List<String> ids = group.stableWith("a", "b");
        for (int second = 0; second < 120; second += 5) {
            ids.forEach(group::heartbeat);
            group.pass(Duration.ofSeconds(5));
        }
        assertEquals(STABLE, group.state());
    }

    @Test
    void strangersAndOldGenerationsGetNoAssignment() {
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, group.sync("ghost").code());
        List<String> ids = joined("a");
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, group.sync("ghost").code());
        assertEquals(
                ErrorCode.ILLEGAL_GENERATION,
                group.sync(new GroupMember("g", 0, ids.get(0), null), null, null)
                        .code());
        assertEquals(COMPLETING_REBALANCE, group.state());
    }

    @Test
    void whoBelievesInAnotherProtocolIsRefused() {
        List<String> ids = joined("a");
        GroupMember a = new GroupMember("g", 1, ids.get(0), null);
        assertEquals(
                ErrorCode.INCONSISTENT_GROUP_PROTOCOL,
                group.sync(a, "connect", "range").code());
        assertEquals(
                ErrorCode.INCONSISTENT_GROUP_PROTOCOL,
                group.sync(a, "consumer", "sticky").code());
        assertEquals(ErrorCode.NONE, group.sync(a, "consumer", "range").code());
    }

    @Test
    void anotherSyncOfTheSameMemberTakesThePlaceOfTheOneThatWaits() {
        List<String> ids = joined("a", "b");
        Ticket lost = group.sync(ids.get(1));
        Ticket retry = group.sync(ids.get(1));
        assertEquals(ErrorCode.REBALANCE_IN_PROGRESS, lost.code());
        group.sync(ids.get(0), ids.get(1) + "=p1");
        assertEquals("p1", retry.assignment());
    }

    @Test
    void membersThatTheLeaderForgotGetAnEmptyAssignment() {
        List<String> ids = joined("a", "b");
        Ticket b = group.sync(ids.get(1));
        group.sync(ids.get(0), ids.get(0) + "=p0");
        assertEquals("", b.assignment());
        assertEquals(ErrorCode.NONE, b.code());
    }

    @Test
    void metadataIsDescribedWhenStableOnlyAndAssignmentsAsTheyAre() {
        List<String> ids = joined("a");
        assertEquals("CompletingRebalance", group.group().describe().state());
        assertEquals("", group.group().describe().protocolName());
        assertEquals(0, group.group().describe().members().get(0).metadata().remaining());
        group.sync(ids.get(0), ids.get(0) + "=p0");
        var described = group.group().describe();
        assertEquals("range", described.protocolName());
        assertEquals("consumer", described.protocolType());
        assertEquals("p0", GroupFixture.text(described.members().get(0).assignment()));
        assertEquals("a", GroupFixture.text(described.members().get(0).metadata()));
        assertEquals("/127.0.0.1", described.members().get(0).clientHost());

        group.join("b").with("range");
        var rebalancing = group.group().describe();
        assertEquals("PreparingRebalance", rebalancing.state());
        assertEquals("", rebalancing.protocolName());
        assertEquals(0, rebalancing.members().get(0).metadata().remaining());
        assertEquals("p0", GroupFixture.text(rebalancing.members().get(0).assignment()), "it has it still");
    }

    private List<String> joined(String... clients) {
        List<Ticket> tickets = java.util.Arrays.stream(clients)
                .map(client -> group.join(client).with("range"))
                .toList();
        group.pass(Duration.ZERO);
        return tickets.stream().map(ticket -> ticket.join().memberId()).toList();
    }
}
