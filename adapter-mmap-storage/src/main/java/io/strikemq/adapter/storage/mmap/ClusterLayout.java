package io.strikemq.adapter.storage.mmap;

import io.strikemq.adapter.storage.mmap.file.DamagedFileException;
import io.strikemq.adapter.storage.mmap.file.SealedProperties;
import io.strikemq.domain.feature.Feature;
import io.strikemq.domain.feature.FinalizedFeatures;
import io.strikemq.domain.topic.admin.ConfigResource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * What was altered for a cluster, as {@link SealedProperties}:
 *
 * <pre>
 *  epoch=3                       the finalized features
 *  feature.metadata.version=33   one line for each feature
 *
 *  config.share.auto.offset.reset=earliest      the configs of a resource
 *  name=my-group
 *  type=32                       the wire's code of its type
 * </pre>
 *
 * <p>What is damaged is a {@link DamagedFileException}, what was changed and makes sense a warning.
 */
final class ClusterLayout {
    private static final String FEATURE = "feature.";
    private static final String CONFIG = "config.";

    /** The configs of one resource. */
    record Configured(ConfigResource resource, Map<String, String> configs) {}

    private ClusterLayout() {}

    static ByteBuffer bytes(FinalizedFeatures features) throws IOException {
        SealedProperties properties = new SealedProperties().with("epoch", features.epoch());
        features.levels().forEach((feature, level) -> properties.with(FEATURE + feature.featureName(), level));
        return properties.bytes();
    }

    static ByteBuffer bytes(ConfigResource resource, Map<String, String> configs) throws IOException {
        return new SealedProperties()
                .with("type", resource.typeCode())
                .with("name", resource.name())
                .withAll(CONFIG, configs)
                .bytes();
    }

    /** Levels that this broker does not serve are those of another one, so that the directory is of no use to this. */
    static FinalizedFeatures features(Path file) throws IOException {
        return SealedProperties.read(file, properties -> {
            Map<Feature, Short> levels = new EnumMap<>(Feature.class);
            properties.all(FEATURE).forEach((name, text) -> {
                Feature feature = Feature.find(name)
                        .orElseThrow(() -> new IllegalArgumentException("nobody knows " + FEATURE + name));
                short level = Short.parseShort(text);
                if (!feature.supports(level)) {
                    throw new IllegalArgumentException(
                            feature.featureName() + " is " + level + ", which is not supported");
                }
                levels.put(feature, level);
            });
            return new FinalizedFeatures(Long.parseLong(properties.required("epoch")), levels);
        });
    }

    static Configured configs(Path file) throws IOException {
        return SealedProperties.read(
                file,
                properties -> new Configured(
                        new ConfigResource(Byte.parseByte(properties.required("type")), properties.required("name")),
                        Map.copyOf(properties.all(CONFIG))));
    }
}
