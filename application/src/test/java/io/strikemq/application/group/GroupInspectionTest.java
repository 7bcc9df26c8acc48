package io.strikemq.application.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupListing;
import io.strikemq.domain.group.classic.ClassicGroupRecord;
import io.strikemq.domain.group.classic.GroupDescription;
import io.strikemq.domain.group.log.GroupRecord;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupInspectionTest {
    private final Coordinator coordinator = new Coordinator();

    @Test
    void groupsAreListedByStateAndType() {
        coordinator.stableMember();
        coordinator.commit(Coordinator.outsider("simple"), Coordinator.offset(0, 1));
        GroupListing consumers = new GroupListing("g", "consumer", "Stable", "classic");
        GroupListing simple = new GroupListing("simple", "", "Empty", "classic");
        assertEquals(List.of(consumers, simple), list(List.of(), List.of()));
        assertEquals(List.of(consumers), list(List.of("stable", "Dead"), List.of()));
        assertEquals(List.of(consumers, simple), list(List.of(), List.of("CLASSIC")));
        assertEquals(List.of(), list(List.of(), List.of("consumer")));
    }

    @Test
    void aStableGroupIsDescribedInFull() {
        String id = coordinator.stableMember();
        GroupDescription described = describe("g");
        assertEquals(ErrorCode.NONE, described.error());
        assertEquals("Stable", described.state());
        assertEquals("consumer", described.protocolType());
        assertEquals("range", described.protocolName());
        assertEquals(1, described.generationId());
        assertEquals(id, described.leaderId());
        GroupDescription.Member member = described.members().get(0);
        assertEquals(id, member.memberId());
        assertNull(member.groupInstanceId());
        assertEquals("a", member.clientId());
        assertEquals("/127.0.0.1", member.clientHost());
        assertEquals(Duration.ofSeconds(10), member.sessionTimeout());
        assertEquals(Coordinator.subscription("orders"), member.metadata());
    }

    @Test
    void anUnknownGroupIsDescribedAsDead() {
        GroupDescription described = describe("nobody");
        assertEquals("Dead", described.state());
        assertEquals(ErrorCode.GROUP_ID_NOT_FOUND, described.error());
        assertEquals("Group nobody not found.", described.message());
        assertEquals(List.of(), described.members());
        assertFalse(coordinator.inspection.exists("nobody"));
    }

    @Test
    void onlyGroupsWithoutMembersAreDeleted() {
        String id = coordinator.stableMember();
        coordinator.commit(Coordinator.member(1, id), Coordinator.offset(0, 1));
        assertEquals(ErrorCode.NON_EMPTY_GROUP, delete("g"));
        coordinator.leave(id);
        assertEquals(ErrorCode.NONE, delete("g"));
        assertEquals(ErrorCode.GROUP_ID_NOT_FOUND, delete("g"));
        assertEquals(List.of(), coordinator.committed("g"));
        assertEquals(0, coordinator.time.pendingDeadlines());
    }

    @Test
    void aDeletedGroupLeavesTombstones() {
        coordinator.commit(Coordinator.outsider("g"), Coordinator.offset(0, 1));
        delete("g");
        List<GroupRecord> records = coordinator.log.records();
        assertNull(((GroupRecord.Offset) records.get(1)).value());
        assertNull(((ClassicGroupRecord) records.get(2)).value());
        coordinator.restart();
        assertFalse(coordinator.inspection.exists("g"));
    }

    @Test
    void aDeletionThatCannotBeStoredDidNotHappen() {
        coordinator.commit(Coordinator.outsider("g"), Coordinator.offset(0, 1));
        coordinator.log.failWith(ErrorCode.KAFKA_STORAGE_ERROR);
        assertEquals(ErrorCode.NOT_COORDINATOR, delete("g"));
        assertEquals(1, coordinator.committed("g").size());
    }

    private List<GroupListing> list(List<String> states, List<String> types) {
        return coordinator.inspection.list(Coordinator.from("x"), states, types);
    }

    private GroupDescription describe(String groupId) {
        return coordinator.inspection.describe(Coordinator.from("x"), groupId);
    }

    private ErrorCode delete(String groupId) {
        return coordinator.inspection.delete(Coordinator.from("x"), groupId);
    }
}
