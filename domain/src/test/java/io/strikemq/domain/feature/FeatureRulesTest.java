package io.strikemq.domain.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the comparison with a running Kafka cannot show, since its levels differ from ours. */
class FeatureRulesTest {
    private static final String METADATA = "metadata.version";
    private static final String ELR = "eligible.leader.replicas.version";

    private final FeatureRules rules = new FeatureRules(3);

    @Test
    void aLevelThatIsThereAlreadyChangesNothing() {
        assertSame(FinalizedFeatures.USUAL, apply(FinalizedFeatures.USUAL, upgrade(METADATA, 33)));
    }

    @Test
    void aChangeRaisesTheEpochAndLeavesAllElseAsItWas() {
        FinalizedFeatures old =
                FinalizedFeatures.ofNewCluster(MetadataVersion.ofRelease("3.9").orElseThrow(), Map.of());
        FinalizedFeatures after = apply(old, upgrade(METADATA, 33));

        assertEquals(old.epoch() + 1, after.epoch());
        assertEquals(33, after.level(Feature.METADATA_VERSION));
        assertEquals(0, after.level(Feature.ELIGIBLE_LEADER_REPLICAS_VERSION), "only who asks for it gets it");
    }

    @Test
    void whatNeedsAHigherMetadataVersionMayComeWithIt() {
        FinalizedFeatures old =
                FinalizedFeatures.ofNewCluster(MetadataVersion.ofRelease("3.9").orElseThrow(), Map.of());

        assertEquals(
                "The update failed for all features since the following feature had an error: Invalid update version 1"
                        + " for feature eligible.leader.replicas.version. eligible.leader.replicas.version could not be"
                        + " set to 1 because it depends on metadata.version level 23",
                refused(old, upgrade(ELR, 1)));
        FinalizedFeatures after = rules.apply(old, List.of(upgrade(ELR, 1), upgrade(METADATA, 26)));
        assertEquals(1, after.level(Feature.ELIGIBLE_LEADER_REPLICAS_VERSION));
    }

    @Test
    void theLastUpdateOfAFeatureCounts() {
        FinalizedFeatures after = rules.apply(
                FinalizedFeatures.ofNewCluster(MetadataVersion.ofRelease("3.9").orElseThrow(), Map.of()),
                List.of(upgrade(METADATA, 99), upgrade(METADATA, 26)));
        assertEquals(26, after.level(Feature.METADATA_VERSION));
        assertEquals(
                "The update failed for all features since the following feature had an error: Invalid update version 2"
                        + " for feature no.such. Local controller 3 does not support this feature.",
                assertThrows(
                                BrokerException.class,
                                () -> rules.apply(after, List.of(upgrade("no.such", 0), upgrade("no.such", 2))))
                        .getMessage());
    }

    @Test
    void metadataThatDoNotDifferMayBeDowngraded() {
        FinalizedFeatures of42 =
                FinalizedFeatures.ofNewCluster(MetadataVersion.ofRelease("4.2").orElseThrow(), Map.of());

        assertEquals(
                28,
                apply(of42, new FeatureUpdate(METADATA, (short) 28, FeatureUpdate.SAFE_DOWNGRADE))
                        .level(Feature.METADATA_VERSION));
    }

    @Test
    void aFeatureOfWhichNothingIsServedIsUnknown() {
        assertEquals(
                "The update failed for all features since the following feature had an error: Invalid update version 1"
                        + " for feature kraft.version. Local controller 3 does not support this feature.",
                refused(FinalizedFeatures.USUAL, upgrade("kraft.version", 1)));
    }

    @Test
    void releasesMeanTheirLastVersion() {
        assertEquals("4.4-IV2", MetadataVersion.ofRelease("4.4").orElseThrow().name());
        assertEquals("4.1-IV1", MetadataVersion.ofRelease("4.1.2").orElseThrow().name());
        assertEquals(
                "3.7-IV1", MetadataVersion.ofRelease("3.7-IV1").orElseThrow().name());
        assertEquals(true, MetadataVersion.ofRelease("4").isEmpty());
        assertEquals(true, MetadataVersion.ofRelease("4.9").isEmpty());
    }

    private FinalizedFeatures apply(FinalizedFeatures current, FeatureUpdate update) {
        return rules.apply(current, List.of(update));
    }

    private String refused(FinalizedFeatures current, FeatureUpdate update) {
        BrokerException refusal = assertThrows(BrokerException.class, () -> apply(current, update));
        assertEquals(ErrorCode.INVALID_UPDATE_VERSION, refusal.error());
        return refusal.getMessage();
    }

    private static FeatureUpdate upgrade(String feature, int level) {
        return new FeatureUpdate(feature, (short) level, FeatureUpdate.UPGRADE);
    }
}
