package io.strikemq.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.embedded.StrikeMQ;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.MethodName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** Contexts without Spring Boot, and how long a broker lives. */
class ContextsTest {
    private static final List<String> SEEN = new ArrayList<>();

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    private static EngineExecutionResults run(Class<?>... samples) {
        EngineTestKit.Builder engine = EngineTestKit.engine("junit-jupiter");
        for (Class<?> sample : samples) {
            engine.selectors(DiscoverySelectors.selectClass(sample));
        }
        return engine.execute();
    }

    private static List<Throwable> failures(EngineExecutionResults results) {
        return results.allEvents().finished().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .flatMap(result -> result.getThrowable().stream())
                .toList();
    }

    private static void succeed(int tests, Class<?>... samples) {
        EngineExecutionResults results = run(samples);
        for (Throwable failure : failures(results)) {
            throw new AssertionError("a sample failed", failure);
        }
        results.testEvents().assertStatistics(statistics -> statistics.succeeded(tests));
    }

    private static String print(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static void assertClosed(String address) {
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        assertThrows(ConnectException.class, () -> new Socket("127.0.0.1", port).close());
    }

    @SpringJUnitConfig
    @EmbeddedStrikeMQ(topics = "orders")
    static class One {
        @Autowired
        private StrikeMQ broker;

        @Test
        void one() {
            SEEN.add(broker.bootstrapServers());
        }
    }

    @SpringJUnitConfig
    @EmbeddedStrikeMQ(topics = "orders")
    static class Same extends One {}

    @SpringJUnitConfig
    @EmbeddedStrikeMQ(topics = "refunds")
    static class Other extends One {}

    @Test
    void testsOfTheSameConfigurationShareAContextAndItsBroker() {
        succeed(3, One.class, Same.class, Other.class);
        assertEquals(SEEN.get(0), SEEN.get(1));
        assertNotEquals(SEEN.get(0), SEEN.get(2));
    }

    @SpringJUnitConfig
    @EmbeddedStrikeMQ
    @DirtiesContext(classMode = DirtiesContext.ClassMode.AFTER_EACH_TEST_METHOD)
    static class Dirty {
        @Autowired
        private StrikeMQ broker;

        @Test
        void one() {
            SEEN.forEach(ContextsTest::assertClosed);
            SEEN.add(broker.bootstrapServers());
            assertEquals(broker.bootstrapServers(), System.getProperty("spring.embedded.kafka.brokers"));
        }

        @Test
        void two() {
            one();
        }
    }

    @Test
    void aDirtyContextTakesItsBrokerWithIt() {
        succeed(2, Dirty.class);
        assertNotEquals(SEEN.get(0), SEEN.get(1));
        SEEN.forEach(ContextsTest::assertClosed);
        assertNotEquals(SEEN.get(1), System.getProperty("spring.embedded.kafka.brokers"));
    }

    @SpringJUnitConfig
    @EmbeddedStrikeMQ
    @TestPropertySource(properties = "inline=${spring.embedded.kafka.brokers}")
    static class WithProperties {
        @Autowired
        private StrikeMQ broker;

        @Autowired
        private Environment environment;

        @DynamicPropertySource
        static void properties(DynamicPropertyRegistry registry) {
            registry.add("spring.kafka.bootstrap-servers", () -> "said:1");
            registry.add("system", () -> System.getProperty("spring.embedded.kafka.brokers"));
        }

        @Test
        void whatTheTestSaysCountsMore() {
            assertEquals("said:1", environment.getProperty("spring.kafka.bootstrap-servers"));
            assertEquals(broker.bootstrapServers(), environment.getProperty("spring.embedded.kafka.brokers"));
            assertEquals(broker.bootstrapServers(), environment.getProperty("inline"));
            assertEquals(broker.bootstrapServers(), environment.getProperty("system"));
        }
    }

    @Test
    void propertiesOfTheTestWorkBesideOurs() {
        succeed(1, WithProperties.class);
    }

    @SpringJUnitConfig
    @TestPropertySource(properties = {"wanted=orders, refunds", "often=7"})
    @EmbeddedStrikeMQ(
            topics = {"${wanted}", "more"},
            partitions = 5,
            brokerProperties = {"auto.create.topics.enable=false", "group.min.session.timeout.ms=${often}"},
            brokerPropertiesLocation = "classpath:broker.properties",
            bootstrapServersProperty = "my.kafka",
            ports = 0)
    static class AsEmbeddedKafkaHasIt {
        @Autowired
        private StrikeMQ broker;

        @Autowired
        private Environment environment;

        @Test
        void attributesMeanTheSame() throws Exception {
            assertEquals(broker.bootstrapServers(), environment.getProperty("my.kafka"));
            assertNull(environment.getProperty("spring.kafka.bootstrap-servers"));
            String settings = Rest.get(broker.httpUrl() + "/v1/broker");
            assertTrue(settings.contains("\"auto_create_topics\":false"), settings);
            assertTrue(settings.contains("\"group_max_size\":77"), settings);
            String topics = Rest.get(broker.httpUrl() + "/v1/topics");
            assertTrue(topics.contains("\"orders\"") && topics.contains("\"refunds\""), topics);
            assertTrue(topics.contains("\"partitions\":5"), topics);
        }
    }

    @Test
    void theAttributesOfEmbeddedKafkaWork() {
        succeed(1, AsEmbeddedKafkaHasIt.class);
    }

    @SpringJUnitConfig
    @EmbeddedStrikeMQ(
            topics = {"orders", "orders"},
            resetBeforeEach = true)
    @TestMethodOrder(MethodName.class)
    static class WithAReset {
        @Autowired
        private StrikeMQ broker;

        @Test
        void one() throws Exception {
            String topics = Rest.get(broker.httpUrl() + "/v1/topics");
            assertTrue(topics.contains("\"orders\"") && !topics.contains("\"other\""), topics);
            broker.createTopic("other");
        }

        @Test
        void two() throws Exception {
            one();
        }
    }

    @Test
    void aResetLeavesTheDeclaredTopics() {
        succeed(2, WithAReset.class);
    }

    @SpringJUnitConfig
    @EmbeddedStrikeMQ(brokerProperties = "no.such.setting=1")
    static class WithAnUnknownSetting {
        @Test
        void one() {}
    }

    @Test
    void settingsAreChecked() {
        String failure = print(failures(run(WithAnUnknownSetting.class)).get(0));
        assertTrue(failure.contains("no.such.setting"), failure);
    }

    @SpringJUnitConfig
    @EmbeddedStrikeMQ
    static class Failing {
        @Test
        void fails() {
            throw new IllegalStateException("as it shall");
        }
    }

    @Test
    void aFailureTellsWhatTheBrokerSaw() {
        String failure = print(failures(run(Failing.class)).get(0));
        assertTrue(failure.contains("Suppressed: StrikeMQ: the broker at 127.0.0.1:"), failure);
    }
}
