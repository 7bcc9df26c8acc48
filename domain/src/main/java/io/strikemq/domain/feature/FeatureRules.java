package io.strikemq.domain.feature;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which updates of features are made, in Kafka's order and words (KIP-584, KIP-778, KIP-1022). */
public final class FeatureRules {
    private final int brokerId;

    /** @param brokerId of whom decides, as it is named in refusals */
    public FeatureRules(int brokerId) {
        this.brokerId = brokerId;
    }

    /**
     * The levels after all updates, or none of them. Of a feature that is named twice, the last update counts.
     *
     * @throws BrokerException INVALID_UPDATE_VERSION for one that cannot be
     */
    public FinalizedFeatures apply(FinalizedFeatures current, List<FeatureUpdate> updates) {
        // Kafka looks through them in the order of a hash table: that decides which of several refusals is told.
        Map<String, FeatureUpdate> byFeature = new HashMap<>();
        updates.forEach(update -> byFeature.put(update.feature(), update));
        Map<Feature, Short> changed = new EnumMap<>(Feature.class);
        FeatureUpdate ofMetadata = byFeature.get(Feature.METADATA_VERSION.featureName());
        short metadataVersion = ofMetadata == null ? current.level(Feature.METADATA_VERSION) : ofMetadata.level();
        for (FeatureUpdate update : byFeature.values()) {
            Feature feature = checked(current, update, metadataVersion);
            if (update.level() != current.level(feature)) {
                changed.put(feature, update.level());
            }
        }
        return changed.isEmpty() ? current : current.with(changed);
    }

    private Feature checked(FinalizedFeatures current, FeatureUpdate update, short metadataVersion) {
        if (!update.hasKnownType()) {
            throw invalid(update, "The controller does not support the given upgrade type.");
        }
        if (update.level() < 0) {
            throw invalid(update, "A feature version cannot be less than 0.");
        }
        refuseUnsupported(update);
        Feature feature = Feature.find(update.feature())
                .orElseThrow(() -> invalid(update, "Feature " + update.feature() + " not found."));
        if (update.level() < current.level(feature)) {
            checkDowngrade(current.level(feature), feature, update);
        }
        try {
            feature.checkDependency(update.level(), metadataVersion);
        } catch (BrokerException dependency) {
            throw invalid(update, dependency.getMessage());
        }
        return feature;
    }

    private void refuseUnsupported(FeatureUpdate update) {
        Feature feature = Feature.find(update.feature()).orElse(null);
        if (feature == null || !feature.isSupported()) {
            if (update.level() != 0) {
                throw invalid(update, "Local controller " + brokerId + " does not support this feature.");
            }
        } else if (!feature.supports(update.level())) {
            throw invalid(
                    update,
                    "Local controller " + brokerId + " only supports versions " + feature.lowest() + "-"
                            + feature.highest());
        }
    }

    private static void checkDowngrade(short from, Feature feature, FeatureUpdate update) {
        if (update.upgradeTypeCode() == FeatureUpdate.UPGRADE) {
            throw invalid(
                    update,
                    "Can't downgrade the version of this feature without setting the upgrade type to either safe or"
                            + " unsafe downgrade.");
        }
        if (feature == Feature.METADATA_VERSION && MetadataVersion.differ(update.level(), from)) {
            String reason = update.upgradeTypeCode() == FeatureUpdate.UNSAFE_DOWNGRADE
                    ? "Unsafe metadata downgrade is not supported in this version."
                    : "Refusing to perform the requested downgrade because it might delete metadata information.";
            throw refusal(
                    "Unsupported metadata.version downgrade from " + from + " to " + update.level() + ". " + reason);
        }
    }

    private static BrokerException invalid(FeatureUpdate update, String reason) {
        return refusal("Invalid update version " + update.level() + " for feature " + update.feature() + ". " + reason);
    }

    private static BrokerException refusal(String reason) {
        return new BrokerException(
                ErrorCode.INVALID_UPDATE_VERSION,
                "The update failed for all features since the following feature had an error: " + reason);
    }
}
