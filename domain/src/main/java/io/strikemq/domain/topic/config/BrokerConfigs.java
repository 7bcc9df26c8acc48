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
     * @param topics   how many replicas the internal topics have
     * @param defaults what comes of their log settings
     * @param others   our own settings, by Kafka's names
     * @param layers   what was said about configs
     */
    public BrokerConfigs(
            TopicDefaults topics,
            TopicConfigs defaults,
            Collection<BrokerSetting> others,
            Supplier<BrokerLayers> layers) {
        this.layers = layers;
        this.defaults = defaults;
        aboutInternalTopics(topics).forEach(setting -> own.put(setting.name(), setting));
        others.forEach(setting -> own.put(setting.name(), setting));
        TopicConfigTable.ALL.forEach(key -> key.synonyms().forEach(setting -> topicConfigOf.put(setting.name(), key)));
    }

    /** All configs of one broker, by name. Those that Kafka keeps to itself, or forgot since, are there if they were given. */
    public List<ConfigEntry> of(int brokerId) {
        BrokerLayers said = layers.get();
        Set<String> names = new TreeSet<>(KafkaConfigTables.brokers().keySet());
        own.values().stream()
                .filter(setting -> setting.origin() == Origin.EXPLICIT)
                .forEach(setting -> names.add(setting.name()));
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

    /** The values of a config, the one in force first; none when it has none. */
    public List<Synonym> synonyms(String name) {
        return synonyms(layers.get(), name);
    }

    private List<Synonym> synonyms(BrokerLayers said, String name) {
        ConfigKey topicConfig = topicConfigOf.get(name);
        if (topicConfig != null) {
            return defaults.synonyms(topicConfig.synonyms(), name);
        }
        List<Synonym> synonyms = new ArrayList<>(said.values(name));
        BrokerSetting setting = own.get(name);
        if (setting != null) {
            if (setting.value() != null) {
                synonyms.add(new Synonym(name, setting.value(), source(setting)));
            }
            if (setting.origin() == Origin.EXPLICIT && setting.usual() != null) {
                synonyms.add(new Synonym(name, setting.usual(), Source.DEFAULT_CONFIG));
            }
        } else {
            // Kafka's table is read when it is needed, which what the broker is asked all the time does not: own
            // settings.
            BrokerKey key = KafkaConfigTables.brokers().get(name);
            if (key != null && key.key().defaultValue() != null) {
                synonyms.add(new Synonym(name, key.key().defaultValue(), Source.DEFAULT_CONFIG));
            }
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
        BrokerSetting setting = own.get(name);
        if (setting == null) {
            return CleanerConfigs.find(name).map(ConfigKey::documentation).orElse(WITHOUT_EFFECT);
        }
        return BrokerConfigRules.isAlterable(name)
                ? setting.documentation() + " What is altered while it runs is kept and shown, without effect."
                : setting.documentation();
    }

    /** Kafka's defaults are for clusters; what is told here is what these topics have. */
    private static List<BrokerSetting> aboutInternalTopics(TopicDefaults topics) {
        return List.of(
                replicas("offsets.topic.replication.factor", Type.SHORT, topics),
                replicas("transaction.state.log.replication.factor", Type.SHORT, topics),
                replicas("transaction.state.log.min.isr", Type.INT, topics));
    }

    private static BrokerSetting replicas(String name, Type type, TopicDefaults topics) {
        short replicas = topics.defaultReplicationFactor();
        boolean isUsual = replicas == TopicDefaults.DEFAULT.defaultReplicationFactor();
        return new BrokerSetting(
                name,
                type,
                Short.toString(replicas),
                isUsual ? Origin.DEFAULT : Origin.EXPLICIT,
                Short.toString(TopicDefaults.DEFAULT.defaultReplicationFactor()),
                "One broker keeps one copy of this topic.");
    }
}
