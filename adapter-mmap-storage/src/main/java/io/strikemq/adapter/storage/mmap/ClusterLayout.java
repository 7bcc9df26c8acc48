package io.strikemq.adapter.storage.mmap;

import io.strikemq.adapter.storage.mmap.file.DamagedFileException;
import io.strikemq.adapter.storage.mmap.file.TextFile;
import io.strikemq.domain.feature.Feature;
import io.strikemq.domain.feature.FinalizedFeatures;
import io.strikemq.domain.topic.admin.ConfigResource;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * What was altered for a cluster, as properties files in UTF-8, readable for people:
 *
 * <pre>
 *  version=1                     the finalized features
 *  epoch=3
 *  feature.metadata.version=33   one line for each feature
 *
 *  version=1                     the configs of a resource
 *  type=32                       the wire's code of its type
 *  name=my-group
 *  config.share.auto.offset.reset=earliest
 * </pre>
 */
final class ClusterLayout {
    private static final String FEATURE = "feature.";
    private static final String CONFIG = "config.";

    /** The configs of one resource. */
    record Configured(ConfigResource resource, Map<String, String> configs) {}

    private ClusterLayout() {}

    static ByteBuffer bytes(FinalizedFeatures features) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("epoch", Long.toString(features.epoch()));
        features.levels()
                .forEach((feature, level) -> properties.setProperty(FEATURE + feature.featureName(), level.toString()));
        return bytes(properties);
    }

    static ByteBuffer bytes(ConfigResource resource, Map<String, String> configs) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("type", Byte.toString(resource.typeCode()));
        properties.setProperty("name", resource.name());
        configs.forEach((name, value) -> properties.setProperty(CONFIG + name, value));
        return bytes(properties);
    }

    private static ByteBuffer bytes(Properties properties) throws IOException {
        properties.setProperty("version", "1");
        StringWriter text = new StringWriter();
        properties.store(text, null);
        return StandardCharsets.UTF_8.encode(text.toString());
    }

    /** Levels that this broker does not serve are those of another one, so that the directory is of no use to this. */
    static FinalizedFeatures features(Path file) throws IOException {
        Properties properties = TextFile.properties(file);
        Map<Feature, Short> levels = new EnumMap<>(Feature.class);
        try {
            for (String key : properties.stringPropertyNames()) {
                if (key.startsWith(FEATURE)) {
                    Feature feature = Feature.find(key.substring(FEATURE.length()))
                            .orElseThrow(() -> new IllegalArgumentException("nobody knows " + key));
                    short level = Short.parseShort(properties.getProperty(key));
                    if (!feature.supports(level)) {
                        throw new IllegalArgumentException(
                                feature.featureName() + " is " + level + ", which is not supported");
                    }
                    levels.put(feature, level);
                }
            }
            return new FinalizedFeatures(Long.parseLong(required(properties, "epoch")), levels);
        } catch (IllegalArgumentException damage) {
            throw new DamagedFileException(file, damage.getMessage(), damage);
        }
    }

    static Configured configs(Path file) throws IOException {
        Properties properties = TextFile.properties(file);
        try {
            ConfigResource resource =
                    new ConfigResource(Byte.parseByte(required(properties, "type")), required(properties, "name"));
            Map<String, String> configs = new HashMap<>();
            for (String key : properties.stringPropertyNames()) {
                if (key.startsWith(CONFIG)) {
                    configs.put(key.substring(CONFIG.length()), properties.getProperty(key));
                }
            }
            return new Configured(resource, Map.copyOf(configs));
        } catch (IllegalArgumentException damage) {
            throw new DamagedFileException(file, damage.getMessage(), damage);
        }
    }

    private static String required(Properties properties, String key) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("there is no " + key);
        }
        return value;
    }
}
