package io.strikemq.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ErrorsTest {
    /** The sample's failure, with what caused it. */
    private static String failure(Class<?> sample) {
        List<Throwable> failures = Samples.failures(sample);
        assertEquals(1, failures.size(), "failures: " + failures);
        StringBuilder text = new StringBuilder();
        for (Throwable cause = failures.get(0); cause != null; cause = cause.getCause()) {
            text.append(cause.getMessage()).append('\n');
        }
        return text.toString();
    }

    private static void assertFails(Class<?> sample, String... said) {
        String failure = failure(sample);
        for (String part : said) {
            assertTrue(failure.contains(part), () -> "'" + part + "' is not in: " + failure);
        }
    }

    @StrikeMQTest
    static class WithoutTypeArguments {
        @Test
        @SuppressWarnings("rawtypes")
        void one(Producer producer) {}
    }

    @StrikeMQTest
    static class WithAnUnknownType {
        @Test
        void one(Consumer<String, Thread> consumer) {}
    }

    @StrikeMQTest
    static class WithAClientThatWeDoNotMake {
        @Test
        void one(@KafkaClient MockProducer<String, String> producer) {}
    }

    @StrikeMQTest
    static class WithBootstrapServersAsANumber {
        @BootstrapServers
        private int port;

        @Test
        void one() {}
    }

    @StrikeMQTest
    static class WithAGroupForAProducer {
        @Test
        void one(@KafkaClient(group = "g") Producer<String, String> producer) {}
    }

    @StrikeMQTest
    static class WithAFinalField {
        @BootstrapServers
        private static final String SERVERS = String.valueOf("x");

        @Test
        void one() {}
    }

    @Nested
    class ParametersAndFields {
        @Test
        void typeArgumentsMustBeThere() {
            assertFails(
                    WithoutTypeArguments.class,
                    "There is no key serializer for parameter",
                    "its type argument is missing",
                    "key.serializer=");
        }

        @Test
        void typeArgumentsMustBeKnown() {
            assertFails(WithAnUnknownType.class, "no value serializer", "java.lang.Thread", "Known are String, byte[]");
        }

        @Test
        void otherClientsAreRefusedWithThoseThatThereAre() {
            assertFails(WithAClientThatWeDoNotMake.class, "There is nothing for parameter", "KafkaConsumer, Admin");
        }

        @Test
        void bootstrapServersAreAString() {
            assertFails(WithBootstrapServersAsANumber.class, "There is nothing for field", "is for a String");
        }

        @Test
        void onlyConsumersHaveGroups() {
            assertFails(WithAGroupForAProducer.class, "A group and topics are for consumers");
        }

        @Test
        void finalFieldsAreNotSet() {
            assertFails(WithAFinalField.class, "cannot be set: it must not be final");
        }
    }

    @StrikeMQTest(settings = "no.such.setting=1")
    static class WithAnUnknownSetting {
        @Test
        void one() {}
    }

    @StrikeMQTest(settings = "num.partitions")
    static class WithHalfASetting {
        @Test
        void one() {}
    }

    @StrikeMQTest(topics = @Topic(name = "orders", configs = "cleanup.policy=sometimes"))
    static class WithAWrongConfig {
        @Test
        void one() {}
    }

    @StrikeMQTest
    @Topic(name = "orders", partitions = 0)
    static class WithoutPartitions {
        @Test
        void one() {}
    }

    @Nested
    class Declarations {
        @Test
        void settingsAreChecked() {
            assertFails(WithAnUnknownSetting.class, "cannot be started", "no.such.setting");
        }

        @Test
        void settingsHaveValues() {
            assertFails(WithHalfASetting.class, "A setting is written name=value, but this is: num.partitions");
        }

        @Test
        void configsAreChecked() {
            assertFails(WithAWrongConfig.class, "Topic 'orders', which the test declares", "sometimes");
        }

        @Test
        void topicsHavePartitions() {
            assertFails(WithoutPartitions.class, "at least one partition, but this is 'orders' with 0");
        }
    }
}
