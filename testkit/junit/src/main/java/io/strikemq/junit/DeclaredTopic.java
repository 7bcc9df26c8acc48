package io.strikemq.junit;

import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * A topic that a test finds.
 *
 * @param configs by name; not null
 */
record DeclaredTopic(String name, int partitions, Map<String, String> configs) {
    DeclaredTopic {
        if (name.isBlank() || partitions < 1) {
            throw new ExtensionConfigurationException(
                    "A topic has a name and at least one partition, but this is '" + name + "' with " + partitions);
        }
        configs = Map.copyOf(configs);
    }

    static DeclaredTopic of(Topic annotation) {
        return new DeclaredTopic(
                annotation.name(),
                annotation.partitions(),
                Declaration.pairs("A config of topic '" + annotation.name() + "'", annotation.configs()));
    }
}
