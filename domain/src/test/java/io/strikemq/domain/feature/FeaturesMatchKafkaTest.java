package io.strikemq.domain.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.server.common.FeatureVersion;
import org.junit.jupiter.api.Test;

/** Our tables of features and of metadata.version against those of Apache Kafka's classes. */
class FeaturesMatchKafkaTest {
    private static final org.apache.kafka.server.common.MetadataVersion[] KAFKAS =
            org.apache.kafka.server.common.MetadataVersion.VERSIONS;

    @Test
    void metadataVersionsAreKafkas() {
        List<MetadataVersion> expected = Arrays.stream(KAFKAS)
                .filter(version -> version.isProduction())
                .map(version ->
                        new MetadataVersion(version.version(), version.featureLevel(), version.didMetadataChange()))
                .toList();

        assertEquals(expected.subList(1, expected.size()), MetadataVersion.all().subList(1, expected.size()));
        assertEquals(expected.get(0).name(), MetadataVersion.all().get(0).name());
        assertEquals(expected.get(0).level(), MetadataVersion.LOWEST);
    }

    @Test
    void featuresAreKafkas() {
        assertEquals(
                org.apache.kafka.server.common.Feature.PRODUCTION_FEATURES.stream()
                        .map(feature -> feature.featureName())
                        .collect(Collectors.toSet()),
                Arrays.stream(Feature.values())
                        .filter(feature -> feature != Feature.METADATA_VERSION)
                        .map(Feature::featureName)
                        .collect(Collectors.toSet()));
    }

    @Test
    void aNewClusterOfAnyReleaseHasKafkasLevelsAsFarAsTheyAreServed() {
        for (var kafkas : org.apache.kafka.server.common.Feature.PRODUCTION_FEATURES) {
            Feature feature = Feature.find(kafkas.featureName()).orElseThrow();
            assertTrue(feature.highest() <= kafkas.latestProduction());
            for (MetadataVersion version : MetadataVersion.all()) {
                int usual = kafkas.defaultLevel(
                        org.apache.kafka.server.common.MetadataVersion.fromFeatureLevel(version.level()));
                assertEquals(
                        Math.min(usual, feature.highest()),
                        feature.usualLevel(version.level()),
                        kafkas + " in " + version.name());
            }
        }
    }

    @Test
    void levelsNeedTheMetadataVersionThatTheyNeedInKafka() {
        for (var kafkas : org.apache.kafka.server.common.Feature.PRODUCTION_FEATURES) {
            for (FeatureVersion level : kafkas.featureVersions()) {
                for (MetadataVersion version : MetadataVersion.all()) {
                    assertEquals(
                            outcome(() -> org.apache.kafka.server.common.Feature.validateVersion(
                                    level, java.util.Map.of("metadata.version", version.level()))),
                            outcome(() -> Feature.find(kafkas.featureName())
                                    .orElseThrow()
                                    .checkDependency(level.featureLevel(), version.level())),
                            level + " in " + version.name());
                }
            }
        }
    }

    private static String outcome(Runnable check) {
        try {
            check.run();
            return "fine";
        } catch (RuntimeException refusal) {
            return refusal.getMessage();
        }
    }
}
