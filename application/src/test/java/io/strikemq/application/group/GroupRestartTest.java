package io.strikemq.application.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.classic.GroupDescription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupRestartTest {
    private final Coordinator coordinator = new Coordinator();

    @Test
    void membersGoOnWhereTheyWere() {
        String id = coordinator.stableMember();
        GroupDescription before = coordinator.inspection.describe(Coordinator.from("x"), "g");
        coordinator.restart();
        assertEquals(before, coordinator.inspection.describe(Coordinator.from("x"), "g"));
        assertEquals(ErrorCode.NONE, coordinator.heartbeat(id, 1));
        assertEquals(List.of(ErrorCode.NONE), coordinator.commit(Coordinator.member(1, id), Coordinator.offset(0, 5)));
        var assignment = coordinator.sync(id, 1).join().assignment();
        assertEquals(id, StandardCharsets.UTF_8.decode(assignment).toString());
    }

    @Test
    void membersThatDoNotComeBackExpire() {
        coordinator.stableMember();
        coordinator.restart();
        coordinator.time.advance(Duration.ofSeconds(10));
        GroupDescription after = coordinator.inspection.describe(Coordinator.from("x"), "g");
        assertEquals("Empty", after.state());
        assertEquals(2, after.generationId());
    }

    @Test
    void committedOffsetsSurvive() {
        coordinator.commit(Coordinator.outsider("g"), Coordinator.offset(0, 1), Coordinator.offset(1, 2));
        coordinator.commit(Coordinator.outsider("g"), Coordinator.offset(0, 3));
        var before = coordinator.committed("g");
        coordinator.restart();
        assertEquals(before, coordinator.committed("g"));
        assertEquals(
                "",
                coordinator
                        .inspection
                        .list(Coordinator.from("x"), List.of(), List.of())
                        .get(0)
                        .protocolType());
    }

    @Test
    void offsetsEndAfterARestartAsWithoutOne() {
        coordinator.commit(Coordinator.outsider("g"), Coordinator.offset(0, 1));
        coordinator.time.advance(Duration.ofDays(6));
        coordinator.restart();
        coordinator.time.advance(Duration.ofDays(1).minusMillis(1));
        assertTrue(coordinator.inspection.exists("g"));
        coordinator.time.advance(Duration.ofMillis(1));
        assertEquals(List.of(), coordinator.inspection.list(Coordinator.from("x"), List.of(), List.of()));
    }

    @Test
    void theGenerationGoesOnFromTheLastOneStored() {
        String id = coordinator.stableMember();
        coordinator.leave(id);
        coordinator.restart();
        coordinator.join("a", "");
        coordinator.time.advance(Duration.ZERO);
        assertEquals(
                3, coordinator.inspection.describe(Coordinator.from("x"), "g").generationId());
    }
}
