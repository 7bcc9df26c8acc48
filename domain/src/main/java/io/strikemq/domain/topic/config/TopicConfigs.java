package io.strikemq.domain.topic.config;

import io.strikemq.domain.compaction.CompactionSettings;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.LogLife;
import io.strikemq.domain.record.Compression;
import io.strikemq.domain.record.CompressionType;
import io.strikemq.domain.record.TimestampType;
import io.strikemq.domain.topic.TopicSettings;
import io.strikemq.domain.topic.admin.ConfigEntry;
import io.strikemq.domain.topic.admin.ConfigEntry.Source;
import io.strikemq.domain.topic.admin.ConfigEntry.Synonym;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a topic's configs come to: its own values, where it has none the broker's settings, and then Kafka's defaults.
 * Callable from any thread.
 */
public final class TopicConfigs {
    private final Supplier<BrokerLayers> layers;

    /**
     * @param brokerConfigs explicitly set broker settings, by the names that Kafka's brokers use
     * @throws BrokerException INVALID_CONFIG when one of them is no value that topics can have
     */
    public TopicConfigs(Map<String, String> brokerConfigs) {
        this(() -> BrokerLayers.fromTheStart(brokerConfigs));
        check(Map.of());
    }

    /** @param layers what was said about the broker's settings, asked whenever something is to be known */
    public TopicConfigs(Supplier<BrokerLayers> layers) {
        this.layers = layers;
    }

    /**
     * Checks the configs of one topic, all of them together.
     *
     * @throws BrokerException INVALID_CONFIG for an unknown name, a wrong value, or values that contradict each other
     */
    public void check(Map<String, String> topicConfigs) {
        topicConfigs.forEach(TopicConfigs::checkOne);
        TopicConfigTable.ALL.stream().filter(key -> !key.isInternal()).forEach(key -> value(key, topicConfigs));
        long minLag = number("min.compaction.lag.ms", topicConfigs).longValue();
        long maxLag = number("max.compaction.lag.ms", topicConfigs).longValue();
        if (minLag > maxLag) {
            throw new BrokerException(
                    ErrorCode.INVALID_CONFIG,
                    "conflict topic config setting min.compaction.lag.ms (" + minLag + ") > max.compaction.lag.ms ("
                            + maxLag + ")");
        }
        if ((Boolean) value("remote.storage.enable", topicConfigs)) {
            throw new BrokerException(
                    ErrorCode.INVALID_CONFIG,
                    "Tiered Storage functionality is disabled in the broker."
                            + " Topic cannot be configured with remote log storage.");
        }
    }

    /** All configs of a topic as they take effect, by name, and where each value comes from. */
    public List<ConfigEntry> entries(Map<String, String> topicConfigs) {
        List<ConfigEntry> entries = new ArrayList<>();
        for (ConfigKey key : TopicConfigTable.ALL) {
            if (!key.isInternal() || topicConfigs.containsKey(key.name())) {
                entries.add(entry(key, topicConfigs));
            }
        }
        return entries;
    }

    /** The configs that the hot paths read, parsed. */
    public TopicSettings settings(Map<String, String> topicConfigs) {
        return new TopicSettings(
                number("max.message.bytes", topicConfigs).intValue(),
                timestampType((String) value("message.timestamp.type", topicConfigs)),
                number("message.timestamp.before.max.ms", topicConfigs).longValue(),
                number("message.timestamp.after.max.ms", topicConfigs).longValue(),
                compression(topicConfigs),
                cleanupPolicies(topicConfigs),
                number("min.insync.replicas", topicConfigs).intValue(),
                segmentBytes(topicConfigs),
                number("index.interval.bytes", topicConfigs).intValue(),
                life(topicConfigs),
                compaction(topicConfigs));
    }

    /**
     * Where a broker setting, or one of those that stand in for it, has a value: explicit ones first, then defaults.
     * As Kafka shows it, nothing before the setting itself is told: a stand-in that comes first stays unmentioned.
     */
    List<Synonym> synonyms(List<BrokerSynonym> group, String name) {
        List<Synonym> found = new ArrayList<>();
        found.addAll(layers.get().values(group.stream().map(BrokerSynonym::name).toList()));
        for (BrokerSynonym synonym : group) {
            if (synonym.defaultValue() != null) {
                found.add(new Synonym(synonym.name(), synonym.defaultValue(), Source.DEFAULT_CONFIG));
            }
        }
        return found.stream().dropWhile(synonym -> !synonym.name().equals(name)).toList();
    }

    private static void checkOne(String name, String value) {
        TopicConfigTable.find(name)
                .orElseThrow(() -> new BrokerException(ErrorCode.INVALID_CONFIG, "Unknown topic config name: " + name))
                .parse(value);
    }

    private ConfigEntry entry(ConfigKey key, Map<String, String> topicConfigs) {
        String value = key.canonical(text(key, topicConfigs));
        List<Synonym> synonyms = new ArrayList<>();
        if (topicConfigs.containsKey(key.name())) {
            synonyms.add(new Synonym(key.name(), value, Source.DYNAMIC_TOPIC_CONFIG));
        }
        if (!key.synonyms().isEmpty()) {
            synonyms.addAll(synonyms(key.synonyms(), key.synonyms().get(0).name()));
        }
        Source source =
                synonyms.isEmpty() ? Source.DEFAULT_CONFIG : synonyms.get(0).source();
        return new ConfigEntry(
                key.name(), value, source, key.type(), false, false, key.documentation(), List.copyOf(synonyms));
    }

    private String text(ConfigKey key, Map<String, String> topicConfigs) {
        String own = topicConfigs.get(key.name());
        if (own != null) {
            return own;
        }
        BrokerLayers said = layers.get();
        for (BrokerSynonym synonym : key.synonyms()) {
            Optional<String> brokers = said.value(synonym.name());
            if (brokers.isPresent()) {
                return synonym.inTopicUnit(brokers.get());
            }
        }
        return key.defaultValue();
    }

    private Object value(ConfigKey key, Map<String, String> topicConfigs) {
        return key.parse(text(key, topicConfigs));
    }

    private Object value(String name, Map<String, String> topicConfigs) {
        return value(TopicConfigTable.find(name).orElseThrow(), topicConfigs);
    }

    private Number number(String name, Map<String, String> topicConfigs) {
        return (Number) value(name, topicConfigs);
    }

    private Optional<Compression> compression(Map<String, String> topicConfigs) {
        String name = (String) value("compression.type", topicConfigs);
        return switch (name) {
            case "producer" -> Optional.empty();
            case "uncompressed" -> Optional.of(Compression.NONE);
            default -> {
                CompressionType type = CompressionType.forName(name)
                        .orElseThrow(() -> new IllegalStateException("a value that no codec has: " + name));
                yield Optional.of(new Compression(type, compressionLevel(type, topicConfigs)));
            }
        };
    }

    private int compressionLevel(CompressionType type, Map<String, String> topicConfigs) {
        return switch (type) {
            case GZIP, LZ4, ZSTD ->
                number("compression." + type.configName() + ".level", topicConfigs)
                        .intValue();
            case NONE, SNAPPY -> Compression.defaultLevel(type);
        };
    }

    private int segmentBytes(Map<String, String> topicConfigs) {
        String name = topicConfigs.containsKey("internal.segment.bytes") ? "internal.segment.bytes" : "segment.bytes";
        return number(name, topicConfigs).intValue();
    }

    private LogLife life(Map<String, String> topicConfigs) {
        long segmentMs = number("segment.ms", topicConfigs).longValue();
        // What has to be compacted by then must not be in the segment that is appended to (KIP-354).
        boolean isCompacted = cleanupPolicies(topicConfigs).contains("compact");
        long maxLag =
                isCompacted ? number("max.compaction.lag.ms", topicConfigs).longValue() : Long.MAX_VALUE;
        return new LogLife(
                number("retention.ms", topicConfigs).longValue(),
                number("retention.bytes", topicConfigs).longValue(),
                Math.min(segmentMs, maxLag),
                number("segment.jitter.ms", topicConfigs).longValue(),
                number("file.delete.delay.ms", topicConfigs).longValue());
    }

    private CompactionSettings compaction(Map<String, String> topicConfigs) {
        return new CompactionSettings(
                number("min.cleanable.dirty.ratio", topicConfigs).doubleValue(),
                number("min.compaction.lag.ms", topicConfigs).longValue(),
                number("max.compaction.lag.ms", topicConfigs).longValue(),
                number("delete.retention.ms", topicConfigs).longValue());
    }

    private Set<String> cleanupPolicies(Map<String, String> topicConfigs) {
        Set<String> policies = new LinkedHashSet<>();
        ((List<?>) value("cleanup.policy", topicConfigs)).forEach(policy -> policies.add((String) policy));
        return policies;
    }

    private static TimestampType timestampType(String configName) {
        for (TimestampType type : TimestampType.values()) {
            if (type.configName().equals(configName)) {
                return type;
            }
        }
        throw new IllegalStateException("a value that the rule of message.timestamp.type lets pass: " + configName);
    }
}
