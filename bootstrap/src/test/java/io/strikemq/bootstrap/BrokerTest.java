package io.strikemq.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.bootstrap.config.ConfigurationLoader;
import io.strikemq.bootstrap.config.ListenerAddress;
import io.strikemq.bootstrap.config.Settings;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.ConfigResource.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole broker in this process, with Kafka's own client. */
class BrokerTest {
    private static final String[] TWO_LISTENERS = {
        "listeners=INTERNAL://127.0.0.1:0,EXTERNAL://localhost:0,CONTROLLER://:9093",
        "listener.security.protocol.map=INTERNAL:PLAINTEXT,EXTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "inter.broker.listener.name=INTERNAL",
        "advertised.listeners=INTERNAL://127.0.0.1:0,EXTERNAL://localhost:0",
        "controller.listener.names=CONTROLLER"
    };

    @TempDir
    Path folder;

    @Test
    void aClientIsToldTheAddressesOfTheListenerByWhichItCame() throws Exception {
        try (Broker broker = start(TWO_LISTENERS)) {
            assertEquals(
                    List.of("INTERNAL", "EXTERNAL"),
                    broker.listeners().stream().map(ListenerAddress::name).toList());
            assertLeadsTo("127.0.0.1", broker.listeners().get(0).port());
            assertLeadsTo("localhost", broker.listeners().get(1).port());
        }
    }

    /** By Metadata, DescribeCluster and FindCoordinator. */
    private static void assertLeadsTo(String host, int port) throws Exception {
        try (Admin admin = admin(port)) {
            Node node = admin.describeCluster().controller().get(30, TimeUnit.SECONDS);
            assertEquals(host + ":" + port, node.host() + ":" + node.port());
            String topic = "topic-" + port;
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get(30, TimeUnit.SECONDS);
            TopicDescription description = admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(30, TimeUnit.SECONDS)
                    .get(topic);
            Node leader = description.partitions().get(0).leader();
            assertEquals(host + ":" + port, leader.host() + ":" + leader.port());
            Map<TopicPartition, OffsetAndMetadata> offsets =
                    Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(0));
            admin.alterConsumerGroupOffsets(topic, offsets).all().get(30, TimeUnit.SECONDS);
            Node coordinator = admin.describeConsumerGroups(List.of(topic))
                    .all()
                    .get(30, TimeUnit.SECONDS)
                    .get(topic)
                    .coordinator();
            assertEquals(host + ":" + port, coordinator.host() + ":" + coordinator.port());
        }
    }

    @Test
    void theFileOfEndpointsNamesTheListeners() throws Exception {
        try (Broker broker = start(TWO_LISTENERS)) {
            String json = Files.readString(folder.resolve("endpoints.json"));
            int internal = broker.listeners().get(0).port();
            int external = broker.listeners().get(1).port();

            assertTrue(json.contains("\"port\":" + internal + ","), json);
            assertTrue(
                    json.contains("\"listeners\":{\"INTERNAL\":" + internal + ",\"EXTERNAL\":" + external + "}"), json);
        }
        assertFalse(Files.exists(folder.resolve("endpoints.json")));
    }

    @Test
    void aPortThatIsTakenLeavesNothingOpen() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            String[] settings = TWO_LISTENERS.clone();
            settings[0] = settings[0].replace("localhost:0", "0.0.0.0:" + taken.getLocalPort());

            StartException failure = assertThrows(StartException.class, () -> start(settings));

            assertTrue(failure.getMessage().contains("port " + taken.getLocalPort()), failure.getMessage());
            assertTrue(failure.getMessage().contains("(--listeners chooses other addresses)"), failure.getMessage());
        }
        start(TWO_LISTENERS).close();
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() throws Exception {
        Path inTheWay = Files.createDirectory(folder.resolve("endpoints.json.tmp"));

        StartException failure = assertThrows(StartException.class, () -> start(TWO_LISTENERS));

        String sentence = "StrikeMQ cannot start: " + folder.resolve("endpoints.json") + " cannot be written: ";
        assertTrue(failure.getMessage().startsWith(sentence), failure.getMessage());
        Files.delete(inTheWay);
        start(TWO_LISTENERS).close();
    }

    @Test
    void closingLeavesNoThreadAndFreesTheDirectory() throws Exception {
        for (int round = 0; round < 2; round++) {
            try (Broker broker = start("port=0", "storage=mmap")) {
                assertLeadsTo("127.0.0.1", broker.listeners().get(0).port());
            }
            assertEquals(
                    List.of(),
                    Thread.getAllStackTraces().keySet().stream()
                            .map(Thread::getName)
                            .filter(name -> name.startsWith("kafka-io") || name.startsWith("strikemq"))
                            .toList());
        }
    }

    @Test
    void kafkasToolsAreToldAllSettingsThatWorkHere() throws Exception {
        try (Broker broker =
                start("port=0", "advertised_host=127.0.0.1", "offsets.retention.minutes=3", "broker.id=4")) {
            Map<String, ConfigEntry> told = configs(broker, "4");

            Set<String> untold = new TreeSet<>(TopicDefaultNames.all());
            Settings.all().forEach(setting -> untold.addAll(setting.kafkaNames()));
            untold.removeAll(told.keySet());
            assertEquals(
                    Set.of(
                            "advertised.port",
                            "group.consumer.regex.refresh.interval.ms",
                            "producer.id.expiration.check.interval.ms"),
                    untold,
                    "what Kafka keeps to itself, or knows no more");
            assertEquals("PLAINTEXT://0.0.0.0:0", told.get("listeners").value());
            assertEquals(
                    "PLAINTEXT://127.0.0.1:0", told.get("advertised.listeners").value());
            assertEquals("3", told.get("offsets.retention.minutes").value());
            assertEquals(
                    ConfigEntry.ConfigType.INT,
                    told.get("offsets.retention.minutes").type());
            assertEquals(
                    ConfigEntry.ConfigSource.STATIC_BROKER_CONFIG,
                    told.get("offsets.retention.minutes").source());
            assertEquals(
                    List.of("3", "10080"),
                    told.get("offsets.retention.minutes").synonyms().stream()
                            .map(ConfigEntry.ConfigSynonym::value)
                            .toList(),
                    "the default stands behind what was given");
            assertEquals(folder.toString(), told.get("log.dirs").value());
            assertEquals(
                    List.of(folder.toString()),
                    told.get("log.dirs").synonyms().stream()
                            .map(ConfigEntry.ConfigSynonym::value)
                            .toList());
            assertEquals(
                    "bidirectional", told.get("group.consumer.migration.policy").value());
            assertEquals(
                    ConfigEntry.ConfigSource.DEFAULT_CONFIG,
                    told.get("group.max.size").source());
            assertEquals("1", told.get("offsets.topic.replication.factor").value());
        }
    }

    @Test
    void severalListenersAreToldAsTheyWereGiven() throws Exception {
        try (Broker broker = start(TWO_LISTENERS)) {
            Map<String, ConfigEntry> told = configs(broker, "0");

            assertEquals(
                    "INTERNAL://127.0.0.1:0,EXTERNAL://localhost:0",
                    told.get("listeners").value());
            assertEquals(
                    "INTERNAL://127.0.0.1:0,EXTERNAL://localhost:0",
                    told.get("advertised.listeners").value());
            assertEquals("INTERNAL", told.get("inter.broker.listener.name").value());
            assertEquals("CONTROLLER", told.get("controller.listener.names").value());
            assertEquals(
                    "INTERNAL:PLAINTEXT,EXTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
                    told.get("listener.security.protocol.map").value());
        }
    }

    @Test
    void whatRestShowsOfTheSettingsCanBeSetAgain() throws Exception {
        try (Broker broker = start("port=0", "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,OWN:SSL")) {
            Map<String, String> shown = new HashMap<>();
            shownByRest(broker).forEachEntry((name, value) -> {
                if (!value.isNull() && !value.asText().isEmpty()) {
                    shown.put(name, value.asText());
                }
            });
            Configuration again = load(shown);

            assertEquals(
                    Map.of("PLAINTEXT", "PLAINTEXT", "OWN", "SSL"), again.get(Settings.LISTENER_SECURITY_PROTOCOLS));
            assertEquals(Duration.ofMinutes(10), again.get(Settings.CONNECTIONS_MAX_IDLE));
            assertEquals(List.of("CONTROLLER"), again.get(Settings.CONTROLLER_LISTENERS));
            assertTrue(shown.size() > 30, shown.toString());
        }
    }

    private static JsonNode shownByRest(Broker broker) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + broker.endpoints().httpPort() + "/v1/broker");
        String answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        return new ObjectMapper().readTree(answer).get("config");
    }

    @Test
    void limitsThatNobodyCanKeepAreAcceptedAsInKafka() throws IOException {
        start(
                        "port=0",
                        "group.min.session.timeout.ms=10",
                        "group.max.session.timeout.ms=5",
                        "group.initial.rebalance.delay.ms=-1",
                        "offset.metadata.max.bytes=-1",
                        "connections.max.idle.ms=9223372036854775807")
                .close();
    }

    private static Map<String, ConfigEntry> configs(Broker broker, String id) throws Exception {
        ConfigResource resource = new ConfigResource(Type.BROKER, id);
        try (Admin admin = admin(broker.listeners().get(0).port())) {
            return admin
                    .describeConfigs(List.of(resource), new DescribeConfigsOptions().includeSynonyms(true))
                    .all()
                    .get(30, TimeUnit.SECONDS)
                    .get(resource)
                    .entries()
                    .stream()
                    .collect(Collectors.toMap(ConfigEntry::name, entry -> entry, (one, other) -> one, TreeMap::new));
        }
    }

    private static Admin admin(int port) {
        return Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port));
    }

    private Broker start(String... settings) {
        Map<String, String> values =
                new HashMap<>(Map.of("http_port", "0", "storage", "memory", "log_dir", folder.toString()));
        Arrays.stream(settings)
                .map(setting -> setting.split("=", 2))
                .forEach(setting -> values.put(setting[0], setting[1]));
        return Broker.start(load(values));
    }

    private static Configuration load(Map<String, String> values) {
        return new ConfigurationLoader(TopicDefaultNames.all()).load(null, Map.of(), values);
    }
}
