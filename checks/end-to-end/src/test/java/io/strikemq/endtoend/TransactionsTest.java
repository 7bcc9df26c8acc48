package io.strikemq.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions of Apache Kafka's own Java clients against the built jar. */
class TransactionsTest {
    private static final long SECONDS = 30;

    @TempDir
    static Path folder;

    private static BrokerProcess broker;

    @BeforeAll
    static void startBroker() {
        broker = BrokerProcess.start(folder);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.4.0", "3.9.1", "2.8.2", "1.1.1"})
    void committedRecordsAreReadAndAbortedOnesAreNot(String version) {
        String topic = "transactions-" + version;
        try (ClientVersion client = ClientVersion.of(version)) {
            create(client, topic);
            Function<List<String>, List<String>> producer = producer(client, topic);
            ok(producer, "init");
            transaction(producer, topic, "commit", "a");
            transaction(producer, topic, "abort", "b");
            transaction(producer, topic, "abort", "c");
            transaction(producer, topic, "commit", "d");
            ok(producer, "begin");
            ok(producer, "send", topic, "0", "open");
            for (int partition = 0; partition < 2; partition++) {
                assertEquals(List.of("a", "d"), read(client, topic, partition, "read_committed", 2));
            }
            assertEquals(List.of("a", "b", "c", "d", "open"), read(client, topic, 0, "read_uncommitted", 5));
            ok(producer, "commit");
            assertEquals(List.of("a", "d", "open"), read(client, topic, 0, "read_committed", 3));
            ok(producer, "close");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.4.0", "3.9.1", "2.8.2", "1.1.1"})
    void theSecondProducerFencesTheFirst(String version) {
        String topic = "fencing-" + version;
        try (ClientVersion client = ClientVersion.of(version)) {
            create(client, topic);
            Function<List<String>, List<String>> first = producer(client, topic);
            ok(first, "init");
            ok(first, "begin");
            ok(first, "send", topic, "0", "of the first");
            Function<List<String>, List<String>> second = producer(client, topic);
            ok(second, "init");
            List<String> fenced = first.apply(List.of("commit"));
            assertTrue(
                    List.of("ProducerFencedException", "InvalidProducerEpochException")
                                    .containsAll(fenced)
                            && !fenced.isEmpty(),
                    fenced::toString);
            transaction(second, topic, "commit", "of the second");
            assertEquals(List.of("of the second"), read(client, topic, 0, "read_committed", 1));
            first.apply(List.of("close"));
            ok(second, "close");
        }
    }

    private static void transaction(
            Function<List<String>, List<String>> producer, String topic, String end, String value) {
        ok(producer, "begin");
        ok(producer, "send", topic, "0", value);
        ok(producer, "send", topic, "1", value);
        ok(producer, end);
    }

    private static void ok(Function<List<String>, List<String>> producer, String... command) {
        assertEquals(List.of(), producer.apply(List.of(command)), () -> String.join(" ", command));
    }

    private static void create(ClientVersion client, String topic) {
        Function<List<String>, List<String>> admin = client.driver(AdminDriver.class, settings(Map.of()));
        admin.apply(List.of("create", topic, "2"));
        admin.apply(List.of("close"));
    }

    private static Function<List<String>, List<String>> producer(ClientVersion client, String id) {
        return client.driver(
                TransactionDriver.class, settings(Map.of("transactional.id", id, "max.block.ms", "30000")));
    }

    private static List<String> read(ClientVersion client, String topic, int partition, String isolation, int count) {
        Function<List<String>, List<String>> consumer =
                client.driver(ConsumerDriver.class, settings(Map.of("isolation.level", isolation)));
        List<String> received = new ArrayList<>();
        consumer.apply(List.of("assign", topic, String.valueOf(partition)));
        boolean came = Await.until(SECONDS, () -> {
            received.addAll(consumer.apply(List.of("poll")));
            return received.size() >= count;
        });
        received.addAll(consumer.apply(List.of("poll")));
        consumer.apply(List.of("close"));
        assertTrue(came, () -> client + " read " + received.size() + " of " + count + ": " + received);
        return received.stream()
                .map(line -> line.substring(line.indexOf('=') + 1))
                .toList();
    }

    private static Map<String, String> settings(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("bootstrap.servers", broker.bootstrapServers());
        return settings;
    }
}
