package io.strikemq.domain.topic.config;

import io.strikemq.domain.settings.BrokerSetting;
import io.strikemq.domain.settings.BrokerSetting.Origin;
import io.strikemq.domain.settings.TopicDefaults;
import io.strikemq.domain.topic.admin.ConfigEntry;
import io.strikemq.domain.topic.admin.ConfigEntry.Source;
import io.strikemq.domain.topic.admin.ConfigEntry.Synonym;
import io.strikemq.domain.topic.admin.ConfigEntry.Type;
import io.strikemq.domain.topic.config.KafkaConfigTables.BrokerKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * A broker's configs, as DescribeConfigs shows them: all that Kafka shows, with what was given at the start and what was
 * altered since. Our own settings are among them, by Kafka's names.
 */
public final class BrokerConfigs {
    private static final String WITHOUT_EFFECT = "Kept and shown as in Kafka, without effect here.";

    private final Supplier<BrokerLayers> layers;
    private final TopicConfigs defaults;
    private final Map<String, BrokerSetting> own = new TreeMap<>();
    private final Map<String, ConfigKey> topicConfigOf = new TreeMap<>();

    /**
     * @param topics   what the broker's settings say about topics
     * @param defaults what comes of their log settings
     * @param others   all other settings; one that has the name of a setting about topics takes its place
     * @param layers   what was said about configs
     */
    public BrokerConfigs(
            TopicDefaults topics,
            TopicConfigs defaults,
            Collection<BrokerSetting> others,
            Supplier<BrokerLayers> layers) {
        this.layers = layers;
        this.defaults = defaults;
        aboutTopics(topics).forEach(setting -> own.put(setting.name(), setting));
        others.forEach(setting -> own.put(setting.name(), setting));
        TopicConfigTable.ALL.forEach(key -> key.synonyms().forEach(setting -> topicConfigOf.put(setting.name(), key)));
    }

    /** All configs of one broker, by name. */
    public List<ConfigEntry> of(int brokerId) {
        BrokerLayers said = layers.get();
        Set<String> names = new TreeSet<>(KafkaConfigTables.brokers().keySet());
        names.addAll(own.keySet());
        names.addAll(said.ofBroker().keySet());
        names.addAll(said.ofAll().keySet());
        List<ConfigEntry> entries = new ArrayList<>();
        for (String name : names) {
            boolean isId = name.equals("broker.id") || name.equals("node.id");
            entries.add(
                    isId
                            ? entry(name, List.of(new Synonym(name, "" + brokerId, Source.STATIC_BROKER_CONFIG)))
                            : entry(name, synonyms(said, name)));
        }
        return entries;
    }

    /** What was altered for all brokers, by name. */
    public List<ConfigEntry> ofAllBrokers() {
        return new TreeMap<>(layers.get().ofAll())
                .entrySet().stream()
                        .map(altered -> entry(
                                altered.getKey(),
                                List.of(new Synonym(
                                        altered.getKey(), altered.getValue(), Source.DYNAMIC_DEFAULT_BROKER_CONFIG))))
                        .toList();
    }

    /** The value of a config as it is shown; empty when it has none. */
    public Optional<String> value(String name) {
        return synonyms(layers.get(), name).stream().map(Synonym::value).findFirst();
    }

    private List<Synonym> synonyms(BrokerLayers said, String name) {
        ConfigKey topicConfig = topicConfigOf.get(name);
        if (topicConfig != null) {
            return defaults.synonyms(topicConfig.synonyms(), name);
        }
        List<Synonym> synonyms = new ArrayList<>(said.values(name));
        BrokerSetting setting = own.get(name);
        BrokerKey key = KafkaConfigTables.brokers().get(name);
        if (setting != null) {
            if (setting.value() != null) {
                synonyms.add(new Synonym(name, setting.value(), source(setting)));
            }
        } else if (key != null && key.key().defaultValue() != null) {
            synonyms.add(new Synonym(name, key.key().defaultValue(), Source.DEFAULT_CONFIG));
        }
        return synonyms;
    }

    private static Source source(BrokerSetting setting) {
        return setting.origin() == Origin.EXPLICIT ? Source.STATIC_BROKER_CONFIG : Source.DEFAULT_CONFIG;
    }

    private ConfigEntry entry(String name, List<Synonym> synonyms) {
        BrokerKey key = KafkaConfigTables.brokers().get(name);
        BrokerSetting setting = own.get(name);
        Type type = key != null ? key.key().type() : setting != null ? setting.type() : Type.UNKNOWN;
        boolean isSecret = type == Type.PASSWORD || type == Type.UNKNOWN;
        List<Synonym> shown = isSecret
                ? synonyms.stream()
                        .map(synonym -> new Synonym(synonym.name(), null, synonym.source()))
                        .toList()
                : synonyms;
        Source unset = setting == null ? Source.DEFAULT_CONFIG : source(setting);
        return new ConfigEntry(
                name,
                shown.isEmpty() ? null : shown.get(0).value(),
                shown.isEmpty() ? unset : shown.get(0).source(),
                type,
                !BrokerConfigRules.isAlterable(name),
                isSecret,
                documentation(name),
                shown);
    }

    private String documentation(String name) {
        ConfigKey topicConfig = topicConfigOf.get(name);
        if (topicConfig != null) {
            return "For topics without a value of their own, as " + topicConfig.name() + ": "
                    + topicConfig.documentation();
        }
        return own.containsKey(name) ? own.get(name).documentation() : WITHOUT_EFFECT;
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
}
