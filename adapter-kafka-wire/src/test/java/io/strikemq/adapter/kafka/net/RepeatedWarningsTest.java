package io.strikemq.adapter.kafka.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.port.out.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatedWarningsTest {
    private final ManualTime time = new ManualTime();
    private final List<String> lines = new ArrayList<>();
    private final RepeatedWarnings warnings = new RepeatedWarnings((line, failure) -> lines.add(line), time);

    @Test
    void aFewArePrintedAndTheRestIsCounted() {
        warn(10_000);

        assertEquals(RepeatedWarnings.PRINTED + 1, lines.size());
        assertEquals("warning 0", lines.get(0));
        assertEquals(
                "More warnings of this kind are counted for a minute, and not printed.",
                lines.get(RepeatedWarnings.PRINTED));
    }

    @Test
    void theNextOneThatIsPrintedTellsHowManyWereLeftOut() {
        warn(10_000);
        lines.clear();
        time.advance(Duration.ofMinutes(1));

        warn(1);

        assertEquals(List.of("9990 more warnings of this kind were not printed.", "warning 0"), lines);
    }

    @Test
    void theEndTellsWhatWasNotToldYet() {
        warn(11);
        lines.clear();

        warnings.close();
        warnings.close();

        assertEquals(List.of("1 more warnings of this kind were not printed."), lines);
    }

    @Test
    void whatClientsChoseNeitherForgesALineNorFillsTheLog() {
        warnings.warn("bad name 'a\nERROR'");
        warnings.warn("x".repeat(1_000_000));

        assertEquals("bad name 'a\\u000aERROR'", lines.get(0));
        assertTrue(lines.get(1).length() < 2100, lines.get(1).length() + " characters");
    }

    @Test
    void rareOnesAreAllPrinted() {
        for (int minute = 0; minute < 100; minute++) {
            warn(1);
            time.advance(Duration.ofMinutes(1));
        }

        assertEquals(100, lines.size());
    }

    private void warn(int count) {
        for (int i = 0; i < count; i++) {
            warnings.warn("warning " + i);
        }
    }
}
