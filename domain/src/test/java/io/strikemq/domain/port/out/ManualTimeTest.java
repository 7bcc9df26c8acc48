package io.strikemq.domain.port.out;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.domain.port.out.Deadlines.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualTimeTest {
    private final ManualTime time = new ManualTime();
    private final List<String> ran = new ArrayList<>();

    @Test
    void timeStandsStillUntilItIsAdvanced() {
        assertEquals(ManualTime.START_MILLIS, time.wallClockMillis());
        time.advance(Duration.ofMillis(1500));
        assertEquals(ManualTime.START_MILLIS + 1500, time.wallClockMillis());
        assertEquals(1_500_000_000L, time.monotonicNanos());
    }

    @Test
    void dueActionsRunInOrderAndAtTheirOwnMoment() {
        time.schedule(Duration.ofMillis(20), () -> ran.add("late at " + time.monotonicNanos() / 1_000_000));
        time.schedule(Duration.ofMillis(10), () -> ran.add("early at " + time.monotonicNanos() / 1_000_000));
        time.advance(Duration.ofMillis(19));
        assertEquals(List.of("early at 10"), ran);
        time.advance(Duration.ofMillis(1));
        assertEquals(List.of("early at 10", "late at 20"), ran);
    }

    @Test
    void aDelayOfZeroNeverRunsOnTheSchedulingCall() {
        time.schedule(Duration.ZERO, () -> ran.add("now"));
        assertEquals(List.of(), ran);
        time.advance(Duration.ZERO);
        assertEquals(List.of("now"), ran);
    }

    @Test
    void whatIsCancelledNeverRuns() {
        Deadline deadline = time.schedule(Duration.ofMillis(5), () -> ran.add("never"));
        deadline.cancel();
        deadline.cancel();
        time.advance(Duration.ofSeconds(1));
        assertEquals(List.of(), ran);
        assertEquals(0, time.pendingDeadlines());
    }

    @Test
    void anActionMaySetTheNextDeadline() {
        time.schedule(Duration.ofMillis(5), () -> time.schedule(Duration.ofMillis(5), () -> ran.add("second")));
        time.advance(Duration.ofMillis(10));
        assertEquals(List.of("second"), ran);
    }
}
