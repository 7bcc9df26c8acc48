package io.strikemq.domain.feature;

import io.strikemq.domain.error.BrokerException;
import java.util.EnumMap;
import java.util.Map;

/**
 * The levels that the cluster has agreed on.
 *
 * @param epoch  grows with each change
 * @param levels of features that have one; what is not among them is at its usual level for the metadata.version
 */
public record FinalizedFeatures(long epoch, Map<Feature, Short> levels) {
    /** Those of a cluster that nobody has told anything; each level said, since they are asked for often. */
    public static final FinalizedFeatures USUAL = new FinalizedFeatures(0, new FinalizedFeatures(0, Map.of()).all());

    public FinalizedFeatures {
        levels = Map.copyOf(levels);
    }

    /**
     * Those of a new cluster.
     *
     * @param release gives each feature its usual level
     * @param others  levels that differ from it; one of metadata.version takes the release's place
     * @throws BrokerException INVALID_UPDATE_VERSION for a level that needs a higher metadata.version
     */
    public static FinalizedFeatures ofNewCluster(MetadataVersion release, Map<Feature, Short> others) {
        Map<Feature, Short> told = new EnumMap<>(Feature.class);
        told.put(Feature.METADATA_VERSION, release.level());
        told.putAll(others);
        Map<Feature, Short> levels = new FinalizedFeatures(1, told).all();
        levels.forEach((feature, level) -> feature.checkDependency(level, levels.get(Feature.METADATA_VERSION)));
        return new FinalizedFeatures(1, levels);
    }

    /** The level of a feature, 0 when it is not in use. */
    public short level(Feature feature) {
        Short own = levels.get(feature);
        return own == null ? feature.usualLevel(metadataVersion()) : own;
    }

    /** The levels of all features of which there is something to tell. */
    public Map<Feature, Short> all() {
        Map<Feature, Short> all = new EnumMap<>(Feature.class);
        Feature.supported().forEach(feature -> all.put(feature, level(feature)));
        return all;
    }

    /** After a change. What was at its usual level stays where it is, whatever becomes of the metadata.version. */
    FinalizedFeatures with(Map<Feature, Short> changed) {
        Map<Feature, Short> after = all();
        after.putAll(changed);
        return new FinalizedFeatures(epoch + 1, after);
    }

    private short metadataVersion() {
        return levels.getOrDefault(
                Feature.METADATA_VERSION, MetadataVersion.latest().level());
    }
}
