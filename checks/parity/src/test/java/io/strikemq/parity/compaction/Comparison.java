package io.strikemq.parity.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.parity.compaction.GeneratedLog.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Plays one generated log to both, and compares them after each compaction. */
final class Comparison {
    private final GeneratedLog generated;
    private final ComparedLog kafka;
    private final ComparedLog ours;
    private final String name;
    private int step;
    /** How often the log was compacted so far. */
    private int compactions;

    Comparison(long seed, GeneratedLog generated, ComparedLog kafka, ComparedLog ours) {
        this.generated = generated;
        this.kafka = kafka;
        this.ours = ours;
        this.name = "seed " + seed + ", " + generated.settings();
    }

    /** Returns how many compactions there were. */
    int play() {
        for (Step next : generated.steps()) {
            step++;
            play(next);
        }
        assertAlike();
        return compactions;
    }

    private void play(Step next) {
        try {
            if (next instanceof Step.Append append) {
                kafka.append(append.batch());
                ours.append(append.batch());
            } else if (next instanceof Step.TurnTo to) {
                kafka.turnTo(to.millis());
                ours.turnTo(to.millis());
            } else if (next instanceof Step.DeleteBefore before) {
                kafka.deleteBefore(before.offset());
                ours.deleteBefore(before.offset());
            } else if (next instanceof Step.Restart) {
                kafka.restart();
                ours.restart();
            } else if (next instanceof Step.Compact) {
                compact();
            }
        } catch (RuntimeException e) {
            throw new AssertionError(where() + ": " + next, e);
        }
    }

    private void compact() {
        if (compactions == 0) {
            assertAlike();
        }
        OptionalLong clean = kafka.compactIfDue();
        assertEquals(clean, ours.compactIfDue(), () -> where() + ": clean before");
        if (clean.isPresent()) {
            compactions++;
            assertAlike();
        }
    }

    private void assertAlike() {
        assertEquals(kafka.bounds(), ours.bounds(), () -> where() + ": start, last stable offset, end");
        assertEquals(told(kafka), told(ours), () -> where() + ": what is left");
        assertEquals(kafka.segments(), ours.segments(), () -> where() + ": segments");
        assertEquals(kafka.aborted(), ours.aborted(), () -> where() + ": aborted transactions");
        assertEquals(found(kafka), found(ours), () -> where() + ": look-ups by time");
    }

    private static String told(ComparedLog log) {
        return String.join("\n", LeftBatches.told(log.bytes()));
    }

    private static List<String> found(ComparedLog log) {
        List<String> found = new ArrayList<>();
        for (long timestamp : LeftBatches.timestamps(log.bytes())) {
            found.add(timestamp + ": " + log.firstAtOrAfter(timestamp));
        }
        return found;
    }

    private String where() {
        return name + ", step " + step + " of " + generated.steps().size() + ", compactions so far " + compactions;
    }
}
