package io.strikemq.application.config;

import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicName;
import io.strikemq.domain.topic.admin.ConfigChange;
import io.strikemq.domain.topic.admin.ConfigEntry;
import io.strikemq.domain.topic.admin.Mode;
import io.strikemq.domain.topic.config.ConfigChanges;
import io.strikemq.domain.topic.config.TopicConfigs;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The configs of topics. */
public final class TopicConfigAccess {
    private final TopicRegistry registry;
    private final TopicConfigs configs;

    public TopicConfigAccess(TopicRegistry registry, TopicConfigs configs) {
        this.registry = registry;
        this.configs = configs;
    }

    List<String> names() {
        return registry.all().stream().map(Topic::name).toList();
    }

    List<ConfigEntry> entries(String name) {
        checkName(name);
        return configs.entries(existing(name).configs());
    }

    void replace(String name, List<ConfigChange> sets, Mode mode) {
        alter(name, current -> ConfigChanges.replacement(sets), mode);
    }

    void change(String name, List<ConfigChange> changes, Mode mode) {
        alter(name, current -> ConfigChanges.apply(current, changes), mode);
    }

    private void alter(String name, UnaryOperator<Map<String, String>> alteration, Mode mode) {
        registry.exclusively(() -> {
            // As in Kafka, a wrong operation is told before a wrong name, and wrong configs even for a topic that does
            // not exist.
            Map<String, String> current =
                    registry.find(name).map(Topic::configs).orElse(Map.of());
            Map<String, String> after = alteration.apply(current);
            if (name.isEmpty()) {
                throw new BrokerException(ErrorCode.INVALID_REQUEST, "Default topic resources are not allowed.");
            }
            checkName(name);
            configs.check(after);
            Topic topic = existing(name);
            if (mode == Mode.APPLY && !after.equals(current)) {
                registry.update(topic, topic.withConfigs(after));
            }
            return topic;
        });
    }

    private Topic existing(String name) {
        return registry.find(name)
                .orElseThrow(() -> new BrokerException(
                        ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "The topic '" + name + "' does not exist."));
    }

    private static void checkName(String name) {
        TopicName.fault(name).ifPresent(fault -> {
            throw new BrokerException(ErrorCode.INVALID_TOPIC_EXCEPTION, fault);
        });
    }
}
