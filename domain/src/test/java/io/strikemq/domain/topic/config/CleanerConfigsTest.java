package io.strikemq.domain.topic.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.settings.CleanerSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CleanerConfigsTest {
    @Test
    void withoutAWordTheyAreKafkas() {
        assertEquals(CleanerSettings.DEFAULT, settings(Map.of(), Map.of()));
        for (String name : CleanerConfigs.names()) {
            ConfigKey kafkas = KafkaConfigTables.brokers().get(name).key();
            ConfigKey ours = CleanerConfigs.find(name).orElseThrow();
            assertEquals(kafkas.type(), ours.type(), name);
            assertEquals(kafkas.defaultValue(), ours.defaultValue(), name);
        }
    }

    @Test
    void whatIsAlteredLaterCounts() {
        Map<String, String> fromTheStart =
                Map.of("log.cleaner.backoff.ms", "1", "log.cleaner.enable", "false", "log.cleaner.io.buffer.size", "7");
        Map<String, String> altered = Map.of(
                "log.cleaner.backoff.ms",
                "2",
                "log.cleaner.io.max.bytes.per.second",
                "2.5",
                "log.cleaner.dedupe.buffer.size",
                "9",
                "log.cleaner.io.buffer.load.factor",
                "0.5");
        assertEquals(new CleanerSettings(false, Duration.ofMillis(2), 2.5, 9, 0.5, 7), settings(altered, fromTheStart));
    }

    @Test
    void wrongValuesAreRefused() {
        assertThrows(BrokerException.class, () -> settings(Map.of(), Map.of("log.cleaner.backoff.ms", "-1")));
        assertThrows(BrokerException.class, () -> settings(Map.of(), Map.of("log.cleaner.enable", "maybe")));
    }

    private static CleanerSettings settings(Map<String, String> altered, Map<String, String> fromTheStart) {
        return CleanerConfigs.settings(new BrokerLayers(Map.of(), altered, fromTheStart));
    }
}
