package io.strikemq.application.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.strikemq.adapter.storage.memory.HeapClusterStore;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.feature.Feature;
import io.strikemq.domain.feature.FeatureUpdate;
import io.strikemq.domain.feature.FinalizedFeatures;
import io.strikemq.domain.feature.MetadataVersion;
import io.strikemq.domain.port.out.ClusterStore;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.admin.Mode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeatureAdministrationTest {
    private static final RequestContext CONTEXT =
            new RequestContext(0, "PLAINTEXT", RequestContext.ANONYMOUS, "", "/127.0.0.1");
    private static final List<FeatureUpdate> NO_ELR = List.of(new FeatureUpdate(
            Feature.ELIGIBLE_LEADER_REPLICAS_VERSION.featureName(), (short) 0, FeatureUpdate.SAFE_DOWNGRADE));

    private final ClusterStore store = new HeapClusterStore();
    private final FeatureAdministration features = new FeatureAdministration(store);

    @Test
    void aChangeIsSeenAtOnceAndByTheNextProcess() {
        features.update(CONTEXT, NO_ELR, Mode.APPLY);

        assertEquals(0, features.level(Feature.ELIGIBLE_LEADER_REPLICAS_VERSION));
        assertEquals(0, new FeatureAdministration(store).level(Feature.ELIGIBLE_LEADER_REPLICAS_VERSION));
        assertEquals(33, new FeatureAdministration(store).level(Feature.METADATA_VERSION));
    }

    @Test
    void aCheckChangesNothing() {
        features.update(CONTEXT, NO_ELR, Mode.VALIDATE_ONLY);

        assertEquals(1, features.level(Feature.ELIGIBLE_LEADER_REPLICAS_VERSION));
        assertEquals(Optional.empty(), store.features());
    }

    @Test
    void whatCannotBeSavedIsNotSeen() {
        ClusterStore full = mock();
        when(full.features()).thenReturn(Optional.empty());
        doThrow(new BrokerException(ErrorCode.KAFKA_STORAGE_ERROR, "full"))
                .when(full)
                .saveFeatures(any());
        FeatureAdministration unchanged = new FeatureAdministration(full);

        assertThrows(BrokerException.class, () -> unchanged.update(CONTEXT, NO_ELR, Mode.APPLY));
        assertEquals(1, unchanged.level(Feature.ELIGIBLE_LEADER_REPLICAS_VERSION));
    }

    @Test
    void onlyANewClusterBeginsWithWhatTheSettingsSay() {
        FinalizedFeatures old =
                FinalizedFeatures.ofNewCluster(MetadataVersion.ofRelease("3.9").orElseThrow(), Map.of());
        FinalizedFeatures newer = FinalizedFeatures.ofNewCluster(MetadataVersion.latest(), Map.of());

        assertTrue(features.begin(old));
        assertTrue(new FeatureAdministration(store).begin(old));
        assertFalse(new FeatureAdministration(store).begin(newer));
        assertEquals(21, new FeatureAdministration(store).level(Feature.METADATA_VERSION));
    }
}
