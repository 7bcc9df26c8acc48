package io.strikemq.bootstrap;

import io.strikemq.domain.topic.config.CleanerConfigs;
import io.strikemq.domain.topic.config.TopicConfigTable;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Kafka's broker configs about logs: defaults of topic configs ({@code log.retention.hours}, {@code message.max.bytes} …), and
 * those of the log cleaner.
 */
public final class TopicDefaultNames {
    private TopicDefaultNames() {}

    /** All of them. */
    public static Set<String> all() {
        Stream<String> ofTopics = TopicConfigTable.ALL.stream()
                .flatMap(config -> config.synonyms().stream())
                .map(synonym -> synonym.name());
        return Stream.concat(ofTopics, CleanerConfigs.names().stream()).collect(Collectors.toUnmodifiableSet());
    }
}
