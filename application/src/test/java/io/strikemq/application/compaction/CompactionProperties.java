package io.strikemq.application.compaction;

import io.strikemq.domain.compaction.CompactionSettings;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Any history of a compacted partition, compacted at any moments with any memory, tells the same as what was written. */
class CompactionProperties {
    private static final int STEPS = 120;
    private static final long TOMBSTONES_MS = 10_000;

    @Property(tries = 300)
    void whatIsLeftTellsTheSameAsWhatWasWritten(@ForAll long seed) {
        Random random = new Random(seed);
        ModelTopic model = new ModelTopic(random);
        model.topic.configure(
                new CompactionSettings(0.5, 0, Long.MAX_VALUE, TOMBSTONES_MS),
                200 + random.nextInt(2000),
                java.util.Set.of("compact"));
        for (int step = 0; step < STEPS; step++) {
            step(model, random);
        }
        model.endAll();
        model.compact(100_000);
        model.check();
        model.topic.broker.time.advance(Duration.ofMillis(TOMBSTONES_MS));
        model.compact(100_000);
        model.check();
        model.checkThatNoTombstoneIsLeft();
    }

    private static void step(ModelTopic model, Random random) {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> model.appendPlain();
            case 3, 4 -> model.appendIdempotent();
            case 5, 6, 7 -> model.appendInTransaction();
            case 8 -> model.end(random.nextBoolean() ? Outcome.COMMIT : Outcome.ABORT);
            case 9 -> model.topic.broker.time.advance(Duration.ofMillis(random.nextInt(8000)));
            case 10 -> {
                model.compact(random.nextInt(300));
                model.check();
            }
            default -> {
                model.restart();
                model.check();
            }
        }
    }
}
