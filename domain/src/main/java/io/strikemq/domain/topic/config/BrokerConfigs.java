package io.strikemq.domain.topic.config;

import io.strikemq.domain.settings.BrokerSetting;
import io.strikemq.domain.settings.BrokerSetting.Origin;
import io.strikemq.domain.settings.TopicDefaults;
import io.strikemq.domain.topic.admin.ConfigEntry;
import io.strikemq.domain.topic.admin.ConfigEntry.Source;
import io.strikemq.domain.topic.admin.ConfigEntry.Synonym;
import io.strikemq.domain.topic.admin.ConfigEntry.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The broker's settings by Kafka's names, as DescribeConfigs shows them. All are read-only: what a broker was started
 * with cannot be altered while it runs.
 */
public final class BrokerConfigs {
    private final Map<String, ConfigEntry> entries = new TreeMap<>();

    /**
     * @param topics   what the broker's settings say about topics
     * @param defaults what comes of their log settings
     * @param others   all other settings; one that has the name of a setting about topics takes its place
     */
    public BrokerConfigs(TopicDefaults topics, TopicConfigs defaults, Collection<BrokerSetting> others) {
        TopicConfigTable.ALL.forEach(key -> key.synonyms().forEach(setting -> add(entry(key, setting, defaults))));
        aboutTopics(topics).forEach(setting -> add(entry(setting)));
        others.forEach(setting -> add(entry(setting)));
    }

    /** All settings of one broker, by name. */
    public List<ConfigEntry> of(int brokerId) {
        Map<String, ConfigEntry> all = new TreeMap<>(entries);
        for (String name : List.of("broker.id", "node.id")) {
            all.put(
                    name,
                    entry(new BrokerSetting(
                            name,
                            Type.INT,
                            Integer.toString(brokerId),
                            Origin.EXPLICIT,
                            "The number of this broker.")));
        }
        return new ArrayList<>(all.values());
    }

    private void add(ConfigEntry entry) {
        entries.put(entry.name(), entry);
    }

    private static List<BrokerSetting> aboutTopics(TopicDefaults topics) {
        TopicDefaults usual = TopicDefaults.DEFAULT;
        return List.of(
                setting(
                        "auto.create.topics.enable",
                        Type.BOOLEAN,
                        topics.autoCreate(),
                        usual.autoCreate(),
                        "Whether a client that asks for a topic may thereby create it."),
                setting(
                        "num.partitions",
                        Type.INT,
                        topics.numPartitions(),
                        usual.numPartitions(),
                        "How many partitions a topic has whose creator leaves it open."),
                setting(
                        "default.replication.factor",
                        Type.INT,
                        topics.defaultReplicationFactor(),
                        usual.defaultReplicationFactor(),
                        "How many replicas a topic has whose creator leaves it open."),
                setting(
                        "delete.topic.enable",
                        Type.BOOLEAN,
                        topics.deleteEnabled(),
                        usual.deleteEnabled(),
                        "Whether topics can be deleted."),
                setting(
                        "offsets.topic.num.partitions",
                        Type.INT,
                        topics.offsetsTopicPartitions(),
                        usual.offsetsTopicPartitions(),
                        "How many partitions the topic of committed offsets has."),
                setting(
                        "offsets.topic.replication.factor",
                        Type.SHORT,
                        topics.defaultReplicationFactor(),
                        usual.defaultReplicationFactor(),
                        "How many replicas the topic of committed offsets has."));
    }

    private static BrokerSetting setting(String name, Type type, Object value, Object usual, String documentation) {
        return new BrokerSetting(
                name, type, value.toString(), value.equals(usual) ? Origin.DEFAULT : Origin.EXPLICIT, documentation);
    }

    private static ConfigEntry entry(ConfigKey key, BrokerSynonym setting, TopicConfigs defaults) {
        List<Synonym> synonyms = defaults.synonyms(key.synonyms(), setting.name());
        String documentation = "For topics without a value of their own, as " + key.name() + ": " + key.documentation();
        return synonyms.isEmpty()
                ? readOnly(setting.name(), null, Source.DEFAULT_CONFIG, setting.type(), documentation, synonyms)
                : readOnly(
                        setting.name(),
                        synonyms.get(0).value(),
                        synonyms.get(0).source(),
                        setting.type(),
                        documentation,
                        synonyms);
    }

    private static ConfigEntry entry(BrokerSetting setting) {
        Source source = setting.origin() == Origin.EXPLICIT ? Source.STATIC_BROKER_CONFIG : Source.DEFAULT_CONFIG;
        List<Synonym> synonyms =
                setting.value() == null ? List.of() : List.of(new Synonym(setting.name(), setting.value(), source));
        return readOnly(setting.name(), setting.value(), source, setting.type(), setting.documentation(), synonyms);
    }

    private static ConfigEntry readOnly(
            String name, String value, Source source, Type type, String documentation, List<Synonym> synonyms) {
        return new ConfigEntry(name, value, source, type, true, false, documentation, synonyms);
    }
}
