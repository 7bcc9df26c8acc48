package io.strikemq.parity.compaction;

import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What our compaction leaves of a log is what Apache Kafka's cleaner leaves of it, batch by batch and record by record.
 *
 * <p>{@code -Dcompaction.seeds=1000} plays more logs than {@code mvn verify} has time for, {@code -Dcompaction.from=123} others, or
 * the one that failed.
 */
class CompactionMatchesKafkaTest {
    private static final long FROM = Long.getLong("compaction.from", 1);
    private static final long COUNT = Long.getLong("compaction.seeds", 25);

    /** Each compaction would be told of. */
    private static final Logger LOG = Logger.getLogger("io.strikemq");

    @TempDir
    Path folder;

    @BeforeAll
    static void beQuiet() {
        LOG.setLevel(Level.WARNING);
    }

    @TestFactory
    Stream<DynamicTest> leavesWhatKafkaLeaves() {
        return LongStream.range(FROM, FROM + COUNT)
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> compare(seed)));
    }

    private void compare(long seed) {
        GeneratedLog generated = new GeneratedLog(seed);
        try (KafkaLog kafka =
                        new KafkaLog(folder.resolve("kafka-" + seed), generated.settings(), GeneratedLog.START_MILLIS);
                OurLog ours = new OurLog(folder.resolve("ours-" + seed), generated.settings())) {
            new Comparison(seed, generated, kafka, ours).play();
        }
    }
}
