import java.io.File;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;

/** Counts while the process that counts is killed with -9 and started again: with exactly_once_v2 the counts are exact. */
final class Kills {
    private static final int WORDS = 10;
    private static final int LINES = 3000;
    private static final long BETWEEN_LINES_NANOS = 4_000_000;
    private static final int KILLS = 3;

    private Kills() {}

    /** What a process does that is going to be killed. */
    static void count(String state) throws InterruptedException {
        KafkaStreams streams = new KafkaStreams(WordCount.topology().build(), WordCount.config(state));
        streams.start();
        Thread.currentThread().join();
    }

    /** Adds as many of each word as there are lines. */
    static void play() throws Exception {
        Map<String, Long> expected = new TreeMap<>(WordCount.counts());
        Thread writer = new Thread(Kills::write);
        long before = WordCount.total();
        Process counter = start("three");
        try {
            writer.start();
            for (int kill = 1; kill <= KILLS; kill++) {
                await(before + (long) kill * LINES * WORDS / (KILLS + 3), counter);
                counter.destroyForcibly().waitFor();
                // The last one has to bring its state back from the changelog.
                counter = start(kill == KILLS ? "four" : "three");
            }
            writer.join();
            await(before + (long) LINES * WORDS, counter);
        } finally {
            counter.destroyForcibly().waitFor();
        }
        for (int word = 0; word < WORDS; word++) {
            expected.put("w" + word, (long) LINES);
        }
        WordCount.expect(expected);
    }

    private static Process start(String state) throws Exception {
        return new ProcessBuilder(
                        new File(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "WordCount",
                        state)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(System.getenv("WORK"), "counter.log")))
                .start();
    }

    /** Lines with all words, so slowly that each kill comes in the midst of work. */
    private static void write() {
        StringBuilder line = new StringBuilder();
        for (int word = 0; word < WORDS; word++) {
            line.append('w').append(word).append(' ');
        }
        Map<String, Object> config = Map.of("bootstrap.servers", WordCount.BOOTSTRAP);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < LINES; i++) {
                producer.send(new ProducerRecord<>(WordCount.INPUT, "line " + i, line.toString()));
                LockSupport.parkNanos(BETWEEN_LINES_NANOS);
            }
        }
    }

    private static void await(long total, Process counter) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(WordCount.SECONDS).toNanos();
        while (WordCount.total() < total) {
            if (!counter.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("counted " + WordCount.total() + " of " + total + ": " + WordCount.counts());
            }
            Thread.sleep(200);
        }
    }
}
