import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;

/**
 * Counts words with a repartition and a changelog topic; restarted once with its local state deleted, so that the
 * counts must come back from the changelog, which is compacted before. GUARANTEE is at_least_once, or exactly_once_v2, where everything is in transactions,
 * and the counts stay exact when the process is killed.
 */
public class WordCount {
    static final String BOOTSTRAP = System.getenv("BOOTSTRAP");
    private static final String PREFIX = System.getenv("TOPIC_PREFIX");
    static final String INPUT = PREFIX + "lines";
    private static final String OUTPUT = PREFIX + "counts";
    static final long SECONDS = 45;

    /** Without an argument the scenario; with one a process that counts, and keeps its state in that folder. */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length > 0) {
            Kills.count(arguments[0]);
            return;
        }
        String verdict;
        try {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", BOOTSTRAP))) {
                admin.createTopics(List.of(new NewTopic(INPUT, 3, (short) 1), new NewTopic(OUTPUT, 2, (short) 1)))
                        .all().get();
            }
            play("one", "a b a", "c a b");
            expect(Map.of("a", 3L, "b", 2L, "c", 1L));
            compact(PREFIX + "word-count-words-changelog");
            play("two", "a d", "c");
            expect(Map.of("a", 4L, "b", 2L, "c", 2L, "d", 1L));
            if (System.getenv("GUARANTEE").equals("exactly_once_v2")) {
                Kills.play();
            }
            verdict = "ok";
        } catch (Exception | AssertionError problem) {
            problem.printStackTrace();
            verdict = "failed: " + problem.getClass().getSimpleName() + ": " + problem.getMessage();
        }
        System.out.println(verdict);
        Runtime.getRuntime().halt(0);
    }

    /** Runs the topology until it has counted what the lines bring. */
    private static void play(String state, String... lines) throws Exception {
        long before = total();
        try (KafkaStreams streams = new KafkaStreams(topology().build(), config(state))) {
            streams.start();
            Map<String, Object> config = Map.of("bootstrap.servers", BOOTSTRAP);
            long words = 0;
            try (KafkaProducer<String, String> producer =
                    new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
                for (String line : lines) {
                    producer.send(new ProducerRecord<>(INPUT, line, line)).get();
                    words += line.split(" ").length;
                }
            }
            long deadline = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
            while (total() < before + words) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("counted " + counts() + ", state " + streams.state());
                }
                Thread.sleep(200);
            }
        }
    }

    /** Only the last count of each word is left, and there were others. */
    private static void compact(String topic) throws Exception {
        URI address = URI.create("http://" + System.getenv("HTTP") + "/v1/topics/" + topic + "/compact");
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
        if (!answer.body().matches("(?s).*\"records_removed\":[1-9].*")) {
            throw new AssertionError("the changelog was compacted: " + answer.body());
        }
    }

    static StreamsBuilder topology() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.<String, String>stream(INPUT)
                .flatMapValues(line -> List.of(line.split(" ")))
                .groupBy((key, word) -> word)
                .count(Materialized.as("words"))
                .toStream()
                .to(OUTPUT, Produced.with(Serdes.String(), Serdes.Long()));
        return builder;
    }

    static Properties config(String state) {
        Properties config = new Properties();
        config.put("application.id", PREFIX + "word-count");
        config.put("bootstrap.servers", BOOTSTRAP);
        config.put("state.dir", new File(System.getenv("WORK"), state).toString());
        config.put("default.key.serde", Serdes.String().getClass());
        config.put("default.value.serde", Serdes.String().getClass());
        config.put("processing.guarantee", System.getenv("GUARANTEE"));
        config.put("commit.interval.ms", 500);
        // Each word changes the state and the output at once: what is not committed at a kill would show.
        config.put("statestore.cache.max.bytes", 0);
        config.put("consumer.session.timeout.ms", 6000);
        config.put("consumer.auto.offset.reset", "earliest");
        return config;
    }

    static void expect(Map<String, Long> expected) {
        Map<String, Long> actual = counts();
        if (!expected.equals(actual)) {
            throw new AssertionError("expected " + new TreeMap<>(expected) + " but counted " + actual);
        }
    }

    static long total() {
        return counts().values().stream().mapToLong(Long::longValue).sum();
    }

    /** The last count of each word in the output topic. */
    static Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        Map<String, Object> config =
                new HashMap<>(Map.of("bootstrap.servers", BOOTSTRAP, "isolation.level", "read_committed"));
        try (KafkaConsumer<String, Long> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new LongDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition(OUTPUT, 0), new TopicPartition(OUTPUT, 1));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                for (ConsumerRecord<String, Long> record : consumer.poll(Duration.ofMillis(200))) {
                    counts.put(record.key(), record.value());
                }
            }
        }
        return counts;
    }
}
