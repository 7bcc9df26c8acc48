package io.strikemq.bootstrap.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.domain.port.out.Deadlines.Deadline;
import io.strikemq.domain.port.out.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoreDeadlinesTest {
    private static final Duration LATER = Duration.ofMinutes(1);

    private final ManualTime time = new ManualTime();
    private final CoreDeadlines deadlines = new CoreDeadlines(time);
    private final List<String> ran = new ArrayList<>();

    @Test
    void bothKindsRunWhenTheyAreDue() {
        deadlines.answers().schedule(LATER, () -> ran.add("answer"));
        deadlines.work().schedule(LATER, () -> ran.add("work"));

        time.advance(LATER);
        deadlines.close();
        time.advance(LATER);

        assertEquals(List.of("answer", "work"), ran);
    }

    @Test
    void whatIsCancelledLeavesTheTimer() {
        Deadline deadline = deadlines.answers().schedule(LATER, () -> ran.add("never"));

        deadline.cancel();

        assertEquals(0, time.pendingDeadlines());
        deadlines.close();
        time.advance(LATER);
        assertEquals(List.of(), ran);
    }

    @Test
    void theCloseAnswersWhoWaitsAndDropsTheRest() {
        deadlines.answers().schedule(LATER, () -> ran.add("answer"));
        deadlines.work().schedule(LATER, () -> ran.add("work"));

        deadlines.close();
        time.advance(Duration.ZERO);

        assertEquals(List.of("answer"), ran);
        assertEquals(0, time.pendingDeadlines());
    }

    @Test
    void whoBeginsToWaitAfterTheCloseWaitsForItsOwnTime() {
        deadlines.close();

        deadlines.answers().schedule(LATER, () -> ran.add("answer"));
        deadlines.work().schedule(LATER, () -> ran.add("work"));

        assertEquals(1, time.pendingDeadlines());
        time.advance(LATER);
        assertEquals(List.of("answer"), ran);
    }
}
