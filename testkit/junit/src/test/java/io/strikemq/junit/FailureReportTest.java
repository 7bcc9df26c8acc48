package io.strikemq.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.strikemq.embedded.StrikeMQ;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

class FailureReportTest {
    @StrikeMQTest(topics = @Topic(name = "orders"))
    static class Failing {
        @Test
        void fails(
                @KafkaClient(group = "billing", topics = "orders") Consumer<String, String> consumer,
                Producer<String, String> producer) {
            Kafka.send(producer, "orders", "k", "v");
            assertEquals(1, Kafka.read(consumer, 1).size());
            consumer.commitSync();
            fail("as it shall");
        }
    }

    @Test
    void aFailureTellsWhatTheBrokerSaw() {
        EngineExecutionResults results = Samples.run(Failing.class);
        Throwable failure = Samples.failures(results).get(0);
        StringWriter printed = new StringWriter();
        failure.printStackTrace(new PrintWriter(printed));
        String text = printed.toString();

        assertTrue(text.contains("as it shall"), text);
        assertTrue(text.contains("Suppressed: StrikeMQ: the broker at 127.0.0.1:"), text);
        assertTrue(text.contains("billing"), text);
        assertTrue(text.contains("Stable"), text);
        assertTrue(text.contains("\"topic\":\"orders\",\"partition\":0,\"committed_offset\":1"), text);
        ReportEntry report = results.allEvents()
                .filter(event -> event.getType() == EventType.REPORTING_ENTRY_PUBLISHED)
                .findFirst()
                .orElseThrow()
                .getRequiredPayload(ReportEntry.class);
        assertTrue(report.getKeyValuePairs().get("strikemq").contains("billing"), report.toString());
    }

    @StrikeMQTest(scope = BrokerScope.METHOD)
    static class FailingWithItsBrokerClosed {
        @Test
        void fails(StrikeMQ broker, Producer<String, String> producer) {
            broker.close();
            fail("as it shall");
        }
    }

    @Test
    void ofABrokerThatIsClosedThereIsItsLog() {
        Throwable failure = Samples.failures(FailingWithItsBrokerClosed.class).get(0);
        assertEquals("as it shall", failure.getMessage());
        assertEquals(1, failure.getSuppressed().length);
        assertTrue(
                failure.getSuppressed()[0].getMessage().contains("cannot be told"),
                failure.getSuppressed()[0].getMessage());
    }

    @StrikeMQTest
    static class FailingBefore {
        @BeforeAll
        static void before(StrikeMQ broker) {
            fail("before all");
        }

        @Test
        void one() {}
    }

    @Test
    void aClassThatFailsTellsItToo() {
        Throwable failure = Samples.failures(FailingBefore.class).get(0);
        assertEquals("before all", failure.getMessage());
        assertEquals(1, failure.getSuppressed().length);
    }

    @StrikeMQTest
    static class Passing {
        @Test
        void one(StrikeMQ broker) {}

        @Test
        void aborted() {
            Assumptions.assumeTrue(false);
        }
    }

    @Test
    void whatDoesNotFailTellsNothing() {
        EngineExecutionResults results = Samples.run(Passing.class);
        results.testEvents()
                .assertStatistics(
                        statistics -> statistics.succeeded(1).aborted(1).reportingEntryPublished(0));
        Throwable aborted = results.testEvents().aborted().stream()
                .map((Event event) -> event.getRequiredPayload(TestExecutionResult.class))
                .flatMap(result -> result.getThrowable().stream())
                .findFirst()
                .orElseThrow();
        assertEquals(0, aborted.getSuppressed().length);
    }

    @StrikeMQTest
    static class Dynamic {
        @TestFactory
        List<DynamicNode> tests(StrikeMQ broker) {
            return List.of(
                    dynamicTest("passes", broker::bootstrapServers),
                    dynamicContainer("inside", List.of(dynamicTest("fails", () -> fail("as it shall")))));
        }
    }

    @Test
    void aDynamicTestThatFailsTellsItToo() {
        EngineExecutionResults results = Samples.run(Dynamic.class);
        List<Throwable> failures = Samples.failures(results);
        assertEquals(1, failures.size(), "failures: " + failures);
        assertEquals(1, failures.get(0).getSuppressed().length);
        assertEquals(1, results.allEvents().reportingEntryPublished().count());
    }
}
