package io.strikemq.bootstrap;

import io.strikemq.domain.topic.config.TopicConfigTable;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Kafka's broker configs that are defaults of topic configs: {@code log.retention.hours}, {@code message.max.bytes} …
 */
final class TopicDefaultNames {
    private TopicDefaultNames() {}

    static Set<String> all() {
        return TopicConfigTable.ALL.stream()
                .flatMap(config -> config.synonyms().stream())
                .map(synonym -> synonym.name())
                .collect(Collectors.toUnmodifiableSet());
    }
}
