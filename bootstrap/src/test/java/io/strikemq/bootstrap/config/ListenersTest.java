package io.strikemq.bootstrap.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.adapter.kafka.listener.Advertised;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is accepted and refused here was compared with what Kafka 4.4 does with the same settings. */
class ListenersTest {
    private static final String MAP = "listener.security.protocol.map=INTERNAL:PLAINTEXT,EXTERNAL:PLAINTEXT";
    private static final String INTER = "inter.broker.listener.name=INTERNAL";
    private static final String TWO = "listeners=INTERNAL://:1,EXTERNAL://127.0.0.1:2";

    @TempDir
    Path folder;

    @Test
    void withoutListenersThereIsOneOnEachBindAddress() {
        assertEquals(
                List.of(
                        listener("PLAINTEXT", "127.0.0.1", 9, Advertised.AS_REACHED),
                        listener("PLAINTEXT", "::1", 9, Advertised.AS_REACHED)),
                listeners("bind_address=127.0.0.1,::1", "port=9"));
        assertEquals(
                List.of(listener("PLAINTEXT", "0.0.0.0", 9092, new Advertised.Address("h", 7))),
                listeners("advertised_host=h", "advertised_port=7"));
        assertEquals(
                List.of(listener("PLAINTEXT", "0.0.0.0", 9092, new Advertised.Address("h", 7))),
                listeners("advertised.listeners=PLAINTEXT://h:7"));
    }

    @Test
    void eachListenerHasItsNameItsAddressAndItsAdvertisedAddress() {
        assertEquals(
                List.of(
                        listener("INTERNAL", "0.0.0.0", 1, new Advertised.Address("broker", 1)),
                        listener("EXTERNAL", "127.0.0.1", 2, new Advertised.Address("::1", 2))),
                listeners(TWO, MAP, INTER, "advertised.listeners=EXTERNAL://[::1]:2,internal://broker:1"));
        assertEquals(
                List.of(
                        listener("INTERNAL", "0.0.0.0", 1, Advertised.AS_REACHED),
                        listener("EXTERNAL", "127.0.0.1", 2, Advertised.AS_REACHED)),
                listeners(TWO, MAP, INTER));
    }

    @Test
    void oneThatIsNotAdvertisedIsOpenedAndLeadsNowhere() {
        Configuration configuration = load(TWO, MAP, INTER, "advertised.listeners=INTERNAL://broker:1");

        assertEquals(new Advertised.Nowhere(), configuration.listeners().get(1).advertised());
        assertEquals(
                List.of(
                        "Listener EXTERNAL is not among the advertised ones: as in Kafka, clients that come by it are told"
                                + " of no broker."),
                configuration.notices());
    }

    @Test
    void theListenersOfAControllerAreNamedAndNotOpened() {
        Configuration configuration = load(
                "listeners=PLAINTEXT://:1,QUORUM://:2",
                "controller.listener.names=QUORUM",
                "advertised.listeners=PLAINTEXT://h:1,QUORUM://h:2");

        assertEquals(
                List.of(listener("PLAINTEXT", "0.0.0.0", 1, new Advertised.Address("h", 1))),
                configuration.listeners());
        assertEquals(
                List.of(
                        "Listener QUORUM://:2 is for a controller quorum, which one broker does without: it is not opened."),
                configuration.notices());
        assertRefused("must have a listener for clients", "listeners=CONTROLLER://:1");
        assertRefused("must have a listener for clients", "listeners=");
    }

    @Test
    void whatCannotBeServedIsRefused() {
        for (String protocol : List.of("SSL", "SASL_PLAINTEXT", "SASL_SSL")) {
            assertRefused(
                    "Listener " + protocol + "://0.0.0.0:1 asks for " + protocol
                            + ", which is not there yet: only PLAINTEXT can be"
                            + " served, by which anybody can read and write everything.",
                    "listeners=PLAINTEXT://:2," + protocol + "://:1");
        }
        assertRefused(
                "Listener EXTERNAL://127.0.0.1:2 asks for SASL_SSL",
                TWO,
                INTER,
                "listener.security.protocol.map=INTERNAL:PLAINTEXT,EXTERNAL:sasl_ssl");
    }

    @Test
    void aNameNeedsAProtocolAndAProtocolMustBeOneOfKafkas() {
        assertRefused(
                "Listener INTERNAL://0.0.0.0:1 has no security protocol: listener_security_protocol_map must have"
                        + " INTERNAL:PLAINTEXT.",
                "listeners=INTERNAL://:1",
                INTER);
        assertRefused("must be NAME:PROTOCOL for each listener", "listener.security.protocol.map=A:FOO");
        assertRefused("must be NAME:PROTOCOL for each listener", "listener.security.protocol.map=A");
    }

    @Test
    void namesAndPortsMustDiffer() {
        assertRefused("a different name for each listener", "listeners=PLAINTEXT://:1,plaintext://:2");
        assertRefused("a different port for each listener", "listeners=INTERNAL://:1,EXTERNAL://:1", MAP, INTER);
        assertRefused(
                "a different port for each listener",
                "listeners=INTERNAL://127.0.0.1:1,EXTERNAL://127.0.0.2:1",
                MAP,
                INTER);
        assertRefused("a different port for each listener", "listeners=PLAINTEXT://:9093,CONTROLLER://:9093");
        assertEquals(
                2,
                listeners("listeners=INTERNAL://127.0.0.1:1,EXTERNAL://[::1]:1", MAP, INTER)
                        .size());
        assertEquals(
                2,
                listeners("listeners=INTERNAL://:0,EXTERNAL://:0", MAP, INTER).size());
        assertRefused("'http_port' are both 2", TWO, MAP, INTER, "http_port=2");
    }

    @Test
    void anAddressThatNobodyCanConnectToIsNotAdvertised() {
        for (String host : List.of("0.0.0.0", "[::]")) {
            assertRefused("no client can connect to it", "advertised.listeners=PLAINTEXT://" + host + ":1");
        }
        assertRefused("no client can connect to it", "advertised_host=0.0.0.0");
    }

    @Test
    void onlyListenersCanBeAdvertised() {
        assertRefused(
                "must have names of listeners only, which OTHER is not",
                TWO,
                MAP,
                INTER,
                "advertised.listeners=INTERNAL://h:1,OTHER://h:2");
        assertRefused("must have a listener for clients", "advertised.listeners=CONTROLLER://h:1");
    }

    @Test
    void theListenerBetweenBrokersMustBeAdvertised() {
        assertRefused(
                "'inter_broker_listener_name' is 'PLAINTEXT' but must be, as Kafka wants it, a listener"
                        + " that is advertised: EXTERNAL, INTERNAL.",
                TWO,
                MAP);
        assertRefused(
                "'inter_broker_listener_name' is 'INTERNAL'", TWO, MAP, INTER, "advertised.listeners=EXTERNAL://h:1");
    }

    @Test
    void addressesAreReadAsKafkaReadsThem() {
        assertEquals(
                List.of(listener("FOO-BAR", "h_x.example", 1, Advertised.AS_REACHED)),
                listeners(
                        "listeners= foo-bar://h_x.example:1 ",
                        "listener.security.protocol.map=FOO-BAR:PLAINTEXT",
                        "inter.broker.listener.name=foo-bar"));
        for (String wrong :
                List.of("PLAINTEXT:1", "PLAINTEXT://h", "PLAINTEXT://h:65536", "://h:1", "PLAINTEXT://a b:1")) {
            assertRefused(
                    "'listeners' (command line) is '" + wrong + "' but must be one or more of", "listeners=" + wrong);
        }
    }

    @Test
    void ofTwoSettingsAboutTheSameTheOneFromTheLaterSourceCounts() throws IOException {
        Path file = Files.writeString(
                folder.resolve("server.properties"),
                "listeners=PLAINTEXT://10.0.0.1:1\nadvertised.listeners=PLAINTEXT://h:2\n");

        assertEquals(
                List.of(
                        listener("PLAINTEXT", "127.0.0.1", 5, new Advertised.Address("localhost", 7)),
                        listener("PLAINTEXT", "::1", 5, new Advertised.Address("localhost", 7))),
                load(file, "port=5", "bind_address=127.0.0.1,::1", "advertised_host=localhost", "advertised_port=7")
                        .listeners());
        assertEquals(
                List.of(listener("PLAINTEXT", "0.0.0.0", 5, new Advertised.Address("h", 2))),
                load(file, "listeners=PLAINTEXT://:5").listeners());
        assertEquals(
                "10.0.0.1",
                load(file).httpAddress(),
                "who restricts the Kafka protocol restricts the REST API with it");
    }

    @Test
    void whatIsNotClearIsRefused() throws IOException {
        Path file = Files.writeString(
                folder.resolve("server.properties"),
                String.join("\n", TWO, MAP, INTER, "advertised.listeners=INTERNAL://a:1,EXTERNAL://b:2"));
        for (String part : List.of("port=5", "bind_address=127.0.0.1", "advertised_host=c", "advertised_port=5")) {
            ConfigurationException problem = assertThrows(ConfigurationException.class, () -> load(file, part));
            assertTrue(problem.getMessage().contains("is not clear, since"), problem.getMessage());
        }
        assertRefused("are about the same, so only one of them can be set", "listeners=PLAINTEXT://:1", "port=2");
        assertRefused(
                "are about the same, so only one of them can be set",
                "advertised.listeners=PLAINTEXT://h:1",
                "advertised_host=h");
        assertRefused("is not clear, since there are several listeners", TWO, MAP, INTER, "advertised_port=5");
        assertEquals(
                new Advertised.Address("h", 0),
                listeners(TWO, MAP, INTER, "advertised_host=h").get(1).advertised());
    }

    private static Listener listener(String name, String host, int port, Advertised advertised) {
        return new Listener(new ListenerAddress(name, host, port), advertised);
    }

    private static List<Listener> listeners(String... settings) {
        return load(settings).listeners();
    }

    private static void assertRefused(String expected, String... settings) {
        ConfigurationException problem = assertThrows(ConfigurationException.class, () -> load(settings));
        assertEquals(1, problem.problems().size(), problem.getMessage());
        assertTrue(problem.getMessage().contains(expected), problem.getMessage());
    }

    private static Configuration load(String... settings) {
        return load(null, settings);
    }

    private static Configuration load(Path file, String... settings) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            values.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return new ConfigurationLoader(Set.of()).load(file, Map.of(), values);
    }
}
