package io.strikemq.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Apache Kafka's own Java clients, from 0.9 to 4.4, against the built jar. */
class JavaClientsTest {
    private static final String NEWEST = "4.4.0";
    private static final String OLDEST = "0.9.0.1";
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
    @ValueSource(strings = {"4.4.0", "3.9.1", "2.8.2", "1.1.1", "0.10.2.2", "0.9.0.1"})
    void whatAReleaseProducesItConsumes(String version) {
        try (ClientVersion client = ClientVersion.of(version)) {
            for (String codec : codecs(version)) {
                String topic = "roundtrip-" + version + "-" + codec;
                List<String> sent = new ArrayList<>(List.of("send", topic, "0", "=no key", "tombstone=null", "empty="));
                IntStream.range(0, 97).forEach(i -> sent.add("k" + i + "=value " + "x".repeat(i) + i));

                List<String> places =
                        withProducer(client, Map.of("compression.type", codec), producer -> producer.apply(sent));
                List<String> received = readAll(client, topic, 100);

                assertEquals(IntStream.range(0, 100).mapToObj(i -> "0@" + i).toList(), places);
                for (int i = 0; i < 100; i++) {
                    assertEquals("0@" + i + " " + sent.get(i + 3), received.get(i));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.4.0", "3.9.1", "2.8.2", "1.1.1", "0.10.2.2", "0.9.0.1"})
    void twoMembersOfAGroupShareThePartitionsAndGoOnWhereTheyCommitted(String version) throws Exception {
        try (ClientVersion client = ClientVersion.of(version)) {
            groupOfTwo(client, client, "group-" + version);
        }
    }

    @Test
    void theNewestAndTheOldestReleaseAreMembersOfOneGroup() throws Exception {
        try (ClientVersion newest = ClientVersion.of(NEWEST);
                ClientVersion oldest = ClientVersion.of(OLDEST)) {
            groupOfTwo(newest, oldest, "mixed");
        }
    }

    @Test
    void everyReleaseReadsWhatEveryOtherWrote() {
        List<String> versions = List.of(NEWEST, "3.9.1", "2.8.2", "1.1.1", "0.10.2.2", OLDEST);
        List<String> expected = new ArrayList<>();
        for (String version : versions) {
            try (ClientVersion client = ClientVersion.of(version)) {
                withProducer(
                        client, Map.of(), producer -> producer.apply(List.of("send", "cross", "0", "from=" + version)));
            }
            expected.add("0@" + expected.size() + " from=" + version);
        }
        for (String version : versions) {
            try (ClientVersion client = ClientVersion.of(version)) {
                assertEquals(expected, readAll(client, "cross", expected.size()), version);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.4.0", "3.9.1", "2.8.2", "1.1.1"})
    void topicsAreCreatedDescribedAndDeleted(String version) {
        try (ClientVersion client = ClientVersion.of(version)) {
            Function<List<String>, List<String>> admin = client.driver(AdminDriver.class, settings());
            String topic = "admin-" + version;

            admin.apply(List.of("create", topic, "3", "retention.ms=12345"));
            assertTrue(admin.apply(List.of("list")).contains(topic));
            assertEquals(List.of("12345"), admin.apply(List.of("config", topic, "retention.ms")));
            assertEquals(3, broker.get("/v1/topics/" + topic).get("partitions").size());
            assertEquals(List.of(broker.bootstrapServers()), admin.apply(List.of("nodes")));

            admin.apply(List.of("delete", topic));
            assertTrue(!admin.apply(List.of("list")).contains(topic));
            admin.apply(List.of("close"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.4.0", "3.9.1", "2.8.2", "1.1.1"})
    void deletedRecordsAreNotReadAnyMoreThoughTheirBatchIs(String version) {
        try (ClientVersion client = ClientVersion.of(version)) {
            String topic = "trimmed-" + version;
            List<String> sent = List.of("send", topic, "0", "k=0", "k=1", "k=2", "k=3", "k=4", "k=5");
            withProducer(client, Map.of("linger.ms", "1000"), producer -> producer.apply(sent));
            Function<List<String>, List<String>> admin = client.driver(AdminDriver.class, settings());

            assertEquals(List.of("4"), admin.apply(List.of("delete-records", topic, "4")));

            assertEquals(List.of("0@4 k=4", "0@5 k=5"), readAll(client, topic, 2));
            assertEquals(List.of("6"), admin.apply(List.of("delete-records", topic, "-1")));
            admin.apply(List.of("close"));
        }
    }

    private static List<String> codecs(String version) {
        boolean knowsZstd = !version.startsWith("0.") && !version.startsWith("1.");
        return knowsZstd ? List.of("none", "gzip", "snappy", "lz4", "zstd") : List.of("none", "gzip", "snappy", "lz4");
    }

    private static void groupOfTwo(ClientVersion oneClient, ClientVersion otherClient, String name) throws Exception {
        create(name, 4);
        Map<String, String> settings = settings(Map.of("group.id", name, "session.timeout.ms", "6000"));
        Set<String> received = ConcurrentHashMap.newKeySet();
        try (PollingMember one = new PollingMember(oneClient.driver(ConsumerDriver.class, settings), name, received)) {
            await("one member owns all", () -> one.owned().size() == 4);
            try (PollingMember other =
                    new PollingMember(otherClient.driver(ConsumerDriver.class, settings), name, received)) {
                await(
                        "both own a half",
                        () -> one.owned().size() == 2 && other.owned().size() == 2);
                assertEquals(Set.of("0", "1", "2", "3"), union(one.owned(), other.owned()));

                List<String> sent = send(oneClient, name);
                await("all was received", () -> received.size() == sent.size());
                one.commit();
                other.commit();
            }
            await("the one that stays owns all again", () -> one.owned().size() == 4);
        }
        assertEquals(12, received.size(), "nothing that was committed comes again");
        assertEquals(
                3,
                broker.get("/v1/groups/" + name)
                        .get("committed_offsets")
                        .get(name + "-3")
                        .asInt());
    }

    private static void await(String what, BooleanSupplier condition) {
        assertTrue(
                Await.until(SECONDS, condition),
                () -> "Not within " + SECONDS + " s: " + what + "\n" + broker.output());
    }

    private static List<String> send(ClientVersion client, String topic) {
        List<String> places = new ArrayList<>();
        for (int partition = 0; partition < 4; partition++) {
            String to = String.valueOf(partition);
            places.addAll(withProducer(
                    client, Map.of(), producer -> producer.apply(List.of("send", topic, to, "k=1", "k=2", "k=3"))));
        }
        return places;
    }

    private static void create(String topic, int partitions) {
        try (ClientVersion newest = ClientVersion.of(NEWEST)) {
            Function<List<String>, List<String>> admin = newest.driver(AdminDriver.class, settings());
            admin.apply(List.of("create", topic, String.valueOf(partitions)));
            admin.apply(List.of("close"));
        }
    }

    private static Set<String> union(List<String> one, List<String> other) {
        Set<String> all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }

    private static List<String> readAll(ClientVersion client, String topic, int count) {
        Function<List<String>, List<String>> consumer = client.driver(ConsumerDriver.class, settings());
        List<String> received = new ArrayList<>();
        consumer.apply(List.of("assign", topic, "0"));
        boolean came = Await.until(SECONDS, () -> {
            received.addAll(consumer.apply(List.of("poll")));
            return received.size() >= count;
        });
        consumer.apply(List.of("close"));
        assertTrue(came, () -> client + " read " + received.size() + " of " + count + ": " + received);
        return received;
    }

    private static <T> T withProducer(
            ClientVersion client, Map<String, String> more, Function<Function<List<String>, List<String>>, T> use) {
        Function<List<String>, List<String>> producer = client.driver(ProducerDriver.class, settings(more));
        try {
            return use.apply(producer);
        } finally {
            producer.apply(List.of("close"));
        }
    }

    private static Map<String, String> settings() {
        return settings(Map.of());
    }

    private static Map<String, String> settings(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("bootstrap.servers", broker.bootstrapServers());
        return settings;
    }
}
