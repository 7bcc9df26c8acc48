import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Consumers that are members of groups on both brokers while tools look at these. */
final class GroupMembers {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final Map<String, List<Consumer<byte[], byte[]>>> consumers = new HashMap<>();

    /** {@code join NAME GROUP PROTOCOL TOPIC PARTITIONS}: comes back when it has so many partitions, and has committed where it stands. */
    void join(String[] brokers, String[] words) {
        for (String broker : brokers) {
            Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                    Map.of(
                            "bootstrap.servers", broker,
                            "client.id", words[1],
                            "group.id", words[2],
                            "group.protocol", words[3],
                            "auto.offset.reset", "earliest",
                            "max.poll.interval.ms", 900_000,
                            // A broker may tell a moment later how many partitions a topic has.
                            "metadata.max.age.ms", 1_000,
                            "enable.auto.commit", false),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
            consumers.computeIfAbsent(words[1], name -> new ArrayList<>()).add(consumer);
            consumer.subscribe(List.of(words[4]));
            long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
            while (consumer.assignment().size() != Integer.parseInt(words[5])) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException(String.join(" ", words) + " has got " + consumer.assignment());
                }
                consumer.poll(Duration.ofMillis(100));
            }
            consumer.assignment().forEach(consumer::position);
            consumer.commitSync();
        }
    }

    /** {@code leave NAME}. */
    void leave(String name) {
        consumers.remove(name).forEach(Consumer::close);
    }
}
