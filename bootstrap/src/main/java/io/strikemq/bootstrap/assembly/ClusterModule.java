package io.strikemq.bootstrap.assembly;

import io.strikemq.application.feature.FeatureAdministration;
import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.bootstrap.config.Settings;
import io.strikemq.domain.feature.FinalizedFeatures;
import io.strikemq.domain.port.out.ClusterStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the cluster has agreed on. */
final class ClusterModule {
    private ClusterModule() {}

    private static final Logger LOG = LoggerFactory.getLogger(ClusterModule.class);

    static FeatureAdministration features(ClusterStore store, Configuration configuration) {
        FeatureAdministration features = new FeatureAdministration(store);
        if (configuration.isSet(Settings.RELEASE_VERSION) || configuration.isSet(Settings.FEATURES)) {
            FinalizedFeatures wanted = FinalizedFeatures.ofNewCluster(
                    configuration.get(Settings.RELEASE_VERSION), configuration.get(Settings.FEATURES));
            if (!features.begin(wanted)) {
                LOG.warn(
                        "'{}' and '{}' are for clusters whose features nobody has set: this one keeps those that it has. kafka-features"
                                + " changes them.",
                        Settings.RELEASE_VERSION.name(),
                        Settings.FEATURES.name());
            }
        }
        return features;
    }
}
