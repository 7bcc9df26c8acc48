package io.strikemq.bootstrap.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strikemq.bootstrap.assembly.Shutdown.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShutdownTest {
    private final Shutdown shutdown = new Shutdown();
    private final List<Part> closed = new ArrayList<>();

    @Test
    void everythingIsClosedInTheOrderOfTheListWhateverWasMadeFirst() {
        List<Part> made = new ArrayList<>(Arrays.asList(Part.values()));
        Collections.shuffle(made, new Random(1));
        made.forEach(part -> shutdown.closing(part, () -> closed.add(part)));

        shutdown.close();
        shutdown.close();

        assertEquals(
                List.of(
                        Part.ENDPOINTS_FILE,
                        Part.WAITS,
                        Part.HTTP_API,
                        Part.STATES,
                        Part.KAFKA_SERVER,
                        Part.WORKER_THREADS,
                        Part.KAFKA_REQUESTS,
                        Part.TIMER,
                        Part.CORE,
                        Part.GROUPS,
                        Part.TRANSACTIONS,
                        Part.DEADLINES,
                        Part.COMPACTION,
                        Part.PARTITIONS,
                        Part.BACKGROUND_THREAD,
                        Part.DATA_DIRECTORY),
                closed);
    }

    @Test
    void afterAStartThatFailedWhatHadBeenMadeIsClosed() {
        shutdown.closing(Part.DATA_DIRECTORY, () -> closed.add(Part.DATA_DIRECTORY));
        shutdown.closing(Part.TIMER, () -> closed.add(Part.TIMER));

        shutdown.close();

        assertEquals(List.of(Part.TIMER, Part.DATA_DIRECTORY), closed);
    }

    @Test
    void aFailureDoesNotKeepTheRestFromBeingClosed() {
        shutdown.closing(Part.TIMER, () -> {
            throw new IllegalStateException("a test's failure");
        });
        shutdown.closing(Part.DATA_DIRECTORY, () -> closed.add(Part.DATA_DIRECTORY));

        shutdown.close();

        assertEquals(List.of(Part.DATA_DIRECTORY), closed);
    }

    @Test
    void nothingIsMadeTwice() {
        shutdown.closing(Part.TIMER, () -> {});

        assertThrows(IllegalStateException.class, () -> shutdown.closing(Part.TIMER, () -> {}));
    }
}
