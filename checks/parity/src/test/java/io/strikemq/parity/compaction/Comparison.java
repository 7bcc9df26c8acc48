package io.strikemq.parity.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.parity.compaction.GeneratedLog.Step;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;

/** Plays one generated log to both, and compares them after each compaction. */
final class Comparison {
    private final GeneratedLog generated;
    private final KafkaLog kafka;
    private final OurLog ours;
    private final String name;
    private int step;
    /** How often the log was compacted so far. */
    private int compactions;

    Comparison(long seed, GeneratedLog generated, KafkaLog kafka, OurLog ours) {
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
        assertLeftAlike(LeftBatches.told(kafka.bytes()), LeftBatches.told(ours.bytes()));
        assertEquals(kafka.segments(), ours.segments(), () -> where() + ": segments");
        assertEquals(kafka.aborted(), ours.aborted(), () -> where() + ": aborted transactions");
        assertFoundByTime();
    }

    /**
     * Kafka looks into the first segment alone that has been late enough, though compaction may have left nothing of it that
     * is; then, and only then, we find what Kafka does not.
     */
    private void assertFoundByTime() {
        ByteBuffer left = ours.bytes();
        for (long timestamp : LeftBatches.timestamps(left)) {
            String found = ours.firstAtOrAfter(timestamp);
            assertEquals(LeftBatches.firstAtOrAfter(timestamp, left), found, () -> where() + ": from " + timestamp);
            String foundByKafka = kafka.firstAtOrAfter(timestamp);
            if (!foundByKafka.equals(LeftBatches.NONE)) {
                assertEquals(foundByKafka, found, () -> where() + ": from " + timestamp);
            }
        }
    }

    /** The first line that differs says more than two whole logs. */
    private void assertLeftAlike(List<String> expected, List<String> actual) {
        int same = 0;
        while (same < Math.min(expected.size(), actual.size())
                && expected.get(same).equals(actual.get(same))) {
            same++;
        }
        assertEquals(around(expected, same), around(actual, same), () -> where() + ": what is left");
    }

    private static String around(List<String> lines, int at) {
        return String.join("\n", lines.subList(Math.max(0, at - 2), Math.min(lines.size(), at + 3)));
    }

    private String where() {
        return name + ", step " + step + " of " + generated.steps().size() + ", compactions so far " + compactions;
    }
}
