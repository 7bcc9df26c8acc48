package io.strikemq.bootstrap.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.adapter.kafka.listener.Advertised;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationLoaderTest {
    @TempDir
    Path folder;

    @Test
    void withoutAnySourceEverythingHasTheDefaultOfTheProductPage() {
        Configuration configuration = load(null, Map.of(), Map.of());

        assertEquals(List.of("0.0.0.0"), configuration.get(Settings.BIND_ADDRESS));
        assertEquals(9092, configuration.get(Settings.PORT));
        assertEquals(8080, configuration.get(Settings.HTTP_PORT));
        assertEquals(0, configuration.get(Settings.NUM_IO_THREADS));
        assertEquals(Path.of("/tmp/strikemq/data"), configuration.get(Settings.LOG_DIR));
        assertEquals(1 << 30, configuration.get(Settings.SEGMENT_SIZE));
        assertEquals(Duration.ofDays(7), configuration.get(Settings.RETENTION));
        assertEquals(1 << 20, configuration.get(Settings.MESSAGE_POOL_BLOCKS));
        assertEquals(4096, configuration.get(Settings.MESSAGE_POOL_BLOCK_SIZE));
        assertEquals(0, configuration.get(Settings.BROKER_ID));
        assertEquals(1, configuration.get(Settings.REPLICATION_FACTOR));
        assertEquals(Optional.empty(), configuration.get(Settings.ADVERTISED_HOST));
        assertFalse(configuration.isSet(Settings.PORT));
    }

    @Test
    void theCommandLineWinsOverTheEnvironmentAndTheEnvironmentOverTheFile() throws IOException {
        Path file = file("broker.yaml", "port: 1\nhttp_port: 2\nbroker_id: 3\n");

        Configuration configuration =
                load(file, Map.of("STRIKEMQ_HTTP_PORT", "20", "STRIKEMQ_BROKER_ID", "30"), Map.of("broker_id", "300"));

        assertEquals(1, configuration.get(Settings.PORT));
        assertEquals(20, configuration.get(Settings.HTTP_PORT));
        assertEquals(300, configuration.get(Settings.BROKER_ID));
        assertTrue(configuration.isSet(Settings.PORT));
    }

    @Test
    void aServerPropertiesOfKafkaIsUnderstood() throws IOException {
        Path file = file("server.properties", """
                process.roles=broker,controller
                node.id=7
                controller.quorum.voters=7@localhost:9093
                listeners=CONTROLLER://:9093,PLAINTEXT://:19092
                advertised.listeners=PLAINTEXT://[::1]:29092
                log.dirs=/data/kafka
                num.partitions=3
                log.retention.hours=1
                offsets.retention.minutes=10
                group.initial.rebalance.delay.ms=250
                """);

        Configuration configuration = load(file, Map.of(), Map.of());

        assertEquals(7, configuration.get(Settings.BROKER_ID));
        assertEquals(
                List.of(new Listener(
                        new ListenerAddress("PLAINTEXT", "0.0.0.0", 19092), new Advertised.Address("::1", 29092))),
                configuration.listeners());
        assertEquals(Path.of("/data/kafka"), configuration.get(Settings.LOG_DIR));
        assertEquals(3, configuration.get(Settings.NUM_PARTITIONS));
        assertEquals(Duration.ofMinutes(10), configuration.get(Settings.OFFSETS_RETENTION));
        assertEquals(Duration.ofMillis(250), configuration.get(Settings.GROUP_INITIAL_REBALANCE_DELAY));
        assertEquals(Map.of("log.retention.hours", "1"), configuration.topicDefaults());
        assertEquals(
                List.of(
                        "Without meaning here, so ignored: controller.quorum.voters, process.roles",
                        "Listener CONTROLLER://:9093 is for a controller quorum, which one broker does without: it is not"
                                + " opened."),
                configuration.notices());
    }

    @Test
    void anUnknownNameInAFileOfPropertiesIsOnlyNamedAsInKafka() throws IOException {
        String lines = "num.partition=3\nmy.plugin.url=x\nport=1\n";

        Configuration configuration = load(file("server.properties", lines), Map.of(), Map.of());

        assertEquals(1, configuration.get(Settings.PORT));
        assertEquals(1, configuration.notices().size(), configuration.notices().toString());
        assertTrue(configuration.notices().get(0).startsWith("Unknown, so ignored as Kafka does ("));
        assertTrue(configuration
                .notices()
                .get(0)
                .endsWith(
                        "'my.plugin.url'; --help lists all settings. 'num.partition'; did you mean 'num.partitions'?"));
        assertProblem("Unknown setting 'num_partition'", file("a.yaml", "num_partition: 3\n"), Map.of());
    }

    @Test
    void aBadValueInAFileOfPropertiesStopsTheStart() throws IOException {
        assertProblem("'num.partitions' (", file("server.properties", "num.partitions=0\n"), Map.of());
    }

    @Test
    void whatWouldKeepSomebodyOutIsRefusedWhereItCannotBeServed() {
        Map<String, String> refused = Map.of(
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "security.inter.broker.protocol", "SASL_SSL",
                "max.connections.per.ip", "0",
                "max.connections.per.ip.overrides", "10.0.0.1:5, 10.0.0.2:0",
                "process.roles", "controller",
                "config.providers", "file");
        refused.forEach((name, value) -> assertProblem(
                "Setting '" + name + "' (command line) cannot be '" + value + "': ", null, Map.of(name, value)));

        Map<String, String> harmless = Map.of(
                "authorizer.class.name", "",
                "security.inter.broker.protocol", "PLAINTEXT",
                "max.connections.per.ip", "100",
                "max.connections.per.ip.overrides", "10.0.0.1:100",
                "process.roles", "broker,controller",
                "ssl.keystore.location", "/k");
        assertEquals(
                "Without meaning here, so ignored: authorizer.class.name, max.connections.per.ip,"
                        + " max.connections.per.ip.overrides, process.roles, security.inter.broker.protocol,"
                        + " ssl.keystore.location",
                load(null, Map.of(), harmless).notices().get(0));
    }

    @Test
    void aDirectoryIsOneAndMayBeInTheUsersHome() throws IOException {
        Map<String, Path> paths = Map.of(
                "/a", Path.of("/a"), "a", Path.of("a"), "~", Path.of("/home/u"), "~/data", Path.of("/home/u/data"));
        for (Map.Entry<String, Path> path : paths.entrySet()) {
            Path file = file("a.yaml", "log_dir: \"" + path.getKey() + "\"\n");
            assertEquals(
                    path.getValue(),
                    load(file, Map.of("HOME", "/home/u"), Map.of()).get(Settings.LOG_DIR));
        }
        assertProblem("'log_dir' (command line) is '~/data' but must be", null, Map.of("log_dir", "~/data"));
        for (String wrong : List.of("", "/a,/b", "/a,", "~other/data")) {
            assertProblem(
                    "Setting 'log.dirs' (command line) is '" + wrong + "' but must be the path of one directory",
                    null,
                    Map.of("log.dirs", wrong));
        }
    }

    @Test
    void namesForTheSameSettingMayNotContradictEachOther() throws IOException {
        assertProblem("'broker.id' (", file("a.properties", "node.id=1\nbroker.id=2\n"), Map.of());
        assertProblem("'log_dir' (", null, Map.of("log_dir", "/a", "log.dirs", "/b"));

        Map<String, String> alternatives =
                Map.of("log.dirs", "/a", "log.dir", "/b", "num.network.threads", "3", "num.io.threads", "8");
        Configuration configuration = load(null, Map.of(), alternatives);
        assertEquals(Path.of("/a"), configuration.get(Settings.LOG_DIR), "log.dirs comes before log.dir in Kafka");
        assertEquals(3, configuration.get(Settings.NUM_IO_THREADS));
        assertEquals(
                1,
                load(null, Map.of(), Map.of("node.id", "1", "broker.id", "1")).get(Settings.BROKER_ID));
    }

    @Test
    void aKafkaNameMayBeAnEnvironmentVariable() {
        Configuration configuration = load(null, Map.of("STRIKEMQ_AUTO_CREATE_TOPICS_ENABLE", "false"), Map.of());

        assertEquals(false, configuration.get(Settings.AUTO_CREATE_TOPICS));
    }

    @Test
    void unitsAreUnderstood() {
        Configuration configuration = load(
                null, Map.of(), Map.of("segment_size", "64MB", "retention_ms", "12h", "max_message_bytes", "1000"));

        assertEquals(64 << 20, configuration.get(Settings.SEGMENT_SIZE));
        assertEquals(Duration.ofHours(12), configuration.get(Settings.RETENTION));
        assertEquals(1000, configuration.get(Settings.MAX_MESSAGE_BYTES));
        assertEquals(
                Map.of("log.segment.bytes", "67108864", "log.retention.ms", "43200000", "message.max.bytes", "1000"),
                configuration.topicDefaults());
    }

    @Test
    void allProblemsAreReportedAtOnceNamingKeyValueAndWhatWouldBeRight() {
        ConfigurationException problem = assertThrows(
                ConfigurationException.class,
                () -> load(
                        null,
                        Map.of("STRIKEMQ_PRT", "1"),
                        Map.of("port", "70000", "segment_size", "99999999999999GB")));

        assertEquals(3, problem.problems().size(), problem.getMessage());
        assertTrue(problem.getMessage()
                .contains("Unknown setting 'prt' (environment STRIKEMQ_PRT); did you mean 'port'?"));
        assertTrue(
                problem.getMessage()
                        .contains(
                                "Setting 'port' (command line) is '70000' but must be a port from 0 to 65535, 0 for a free one."));
        assertTrue(problem.getMessage().contains("Setting 'segment_size' (command line) is '99999999999999GB'"));
    }

    @Test
    void theTwoPortsMustDiffer() {
        ConfigurationException problem = assertThrows(
                ConfigurationException.class, () -> load(null, Map.of(), Map.of("port", "5000", "http_port", "5000")));

        assertEquals(
                List.of("The port of the Kafka protocol and 'http_port' are both 5000 but must differ."),
                problem.problems());
        assertEquals(
                0, load(null, Map.of(), Map.of("port", "0", "http_port", "0")).get(Settings.PORT));
    }

    @Test
    void aFileThatIsMissingOrBrokenIsNamed() throws IOException {
        Path missing = folder.resolve("none.yaml");
        Path broken = file("broken.yaml", "port: [1\n");
        Path list = file("list.yaml", "- port\n");

        for (Path file : List.of(missing, broken, list)) {
            ConfigurationException problem =
                    assertThrows(ConfigurationException.class, () -> load(file, Map.of(), Map.of()));
            assertTrue(
                    problem.getMessage().startsWith("Cannot read the configuration file " + file),
                    problem.getMessage());
        }
    }

    private static void assertProblem(String expected, Path file, Map<String, String> commandLine) {
        ConfigurationException problem =
                assertThrows(ConfigurationException.class, () -> load(file, Map.of(), commandLine));
        assertEquals(1, problem.problems().size(), problem.getMessage());
        assertTrue(problem.getMessage().contains(expected), problem.getMessage());
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static Configuration load(Path file, Map<String, String> environment, Map<String, String> commandLine) {
        return new ConfigurationLoader(Set.of("log.retention.hours")).load(file, environment, commandLine);
    }
}
