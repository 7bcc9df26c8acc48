package io.strikemq.bootstrap.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.adapter.kafka.listener.ConnectionLimits;
import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.bootstrap.config.ConfigurationLoader;
import io.strikemq.bootstrap.config.Setting;
import io.strikemq.bootstrap.config.Settings;
import io.strikemq.domain.settings.FetchSettings;
import io.strikemq.domain.settings.GroupSettings;
import io.strikemq.domain.settings.ProducerSettings;
import io.strikemq.domain.settings.TopicDefaults;
import io.strikemq.domain.topic.config.BrokerSynonym;
import io.strikemq.domain.topic.config.ConfigKey;
import io.strikemq.domain.topic.config.TopicConfigTable;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The settings table says the same defaults as the parts of the broker that have them too. Who changes one of them
 * changes both.
 */
class DefaultsTest {
    private final Configuration configuration = new ConfigurationLoader(Set.of()).load(null, Map.of(), Map.of());

    @Test
    void theTableAgreesWithTheDomain() {
        assertEquals(GroupSettings.DEFAULT, GroupsModule.settings(configuration));
        assertEquals(TopicDefaults.DEFAULT, TopicsModule.defaults(configuration));
        assertEquals(FetchSettings.DEFAULT, RecordsModule.fetchSettings(configuration));
        assertEquals(ProducerSettings.DEFAULT, RecordsModule.producerSettings(configuration));
    }

    @Test
    void theTableAgreesWithTheConfigsOfTopics() {
        Set<String> compared = new TreeSet<>();
        for (ConfigKey key : TopicConfigTable.ALL) {
            for (Setting<?> setting : Settings.all()) {
                if (key.synonyms().stream().map(BrokerSynonym::name).anyMatch(setting.kafkaNames()::contains)) {
                    Object value = configuration.get(setting);
                    Object inUnit = value instanceof Duration time ? time.toMillis() : value;
                    assertEquals(key.defaultValue(), inUnit.toString(), setting.name());
                    compared.add(setting.name());
                }
            }
        }
        assertEquals(Set.of("max_message_bytes", "retention_ms", "segment_size"), compared);
    }

    @Test
    void theTableAgreesWithTheLimitsOfConnections() {
        ConnectionLimits limits = ConnectionLimits.DEFAULT;

        assertEquals(limits.maxRequestBytes(), configuration.get(Settings.SOCKET_REQUEST_MAX_BYTES));
        assertEquals(limits.maxIdle(), configuration.get(Settings.CONNECTIONS_MAX_IDLE));
    }
}
