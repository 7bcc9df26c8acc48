package io.strikemq.domain.feature;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The features of Kafka 4.4. Each is supported up to the level that this broker really serves: clients take a finalized
 * level for a promise. What serves more raises one number here, and all else follows.
 */
public enum Feature {
    /** Which metadata there is; all that its levels stand for is there. */
    METADATA_VERSION("metadata.version", 33, List.of()),
    /** Level 1: voters of the quorum come and go (KIP-853). */
    KRAFT_VERSION("kraft.version", 0, List.of(21)),
    /** Level 1: transactions with flexible records; 2: each with an epoch of its own (KIP-890). */
    TRANSACTION_VERSION("transaction.version", 2, List.of(24, 24)),
    /** Level 1: groups of the newer protocol (KIP-848). */
    GROUP_VERSION("group.version", 1, List.of(22)),
    /** Level 1: eligible leader replicas (KIP-966), and with them one min.insync.replicas for the cluster. */
    ELIGIBLE_LEADER_REPLICAS_VERSION("eligible.leader.replicas.version", 1, List.of(26)),
    /** Level 1: share groups (KIP-932). */
    SHARE_VERSION("share.version", 0, List.of(28, 31)),
    /** Level 1: streams groups (KIP-1071). */
    STREAMS_VERSION("streams.version", 0, List.of(29));

    /** What {@link #ELIGIBLE_LEADER_REPLICAS_VERSION} needs as metadata.version. */
    private static final short ELR_NEEDS = 23;

    private final String featureName;
    private final short served;
    private final List<Integer> usualSince;

    /**
     * @param served     the highest level that this broker serves; 0 when it has nothing of the feature
     * @param usualSince from which metadata.version on the levels 1, 2 … are what a new cluster gets
     */
    Feature(String featureName, int served, List<Integer> usualSince) {
        this.featureName = featureName;
        this.served = (short) served;
        this.usualSince = usualSince;
    }

    /** Kafka's name. */
    public String featureName() {
        return featureName;
    }

    /** The lowest level that is supported. */
    public short lowest() {
        return this == METADATA_VERSION ? MetadataVersion.LOWEST : 0;
    }

    /** The highest level that is supported. */
    public short highest() {
        return served;
    }

    /** Whether there is more of it than level 0, and so something to tell. */
    public boolean isSupported() {
        return served > 0;
    }

    /** Whether this broker serves a level. */
    public boolean supports(int level) {
        return level >= lowest() && level <= served;
    }

    /** What a new cluster of a metadata.version has, as far as it is served. */
    public short usualLevel(short metadataVersion) {
        if (this == METADATA_VERSION) {
            return metadataVersion;
        }
        long levels =
                usualSince.stream().filter(since -> since <= metadataVersion).count();
        return (short) Math.min(levels, served);
    }

    /** Refuses a level that needs a higher metadata.version: BrokerException, INVALID_UPDATE_VERSION. */
    void checkDependency(short level, short metadataVersion) {
        if (this == ELIGIBLE_LEADER_REPLICAS_VERSION && level > 0 && metadataVersion < ELR_NEEDS) {
            throw new BrokerException(
                    ErrorCode.INVALID_UPDATE_VERSION,
                    featureName + " could not be set to " + level + " because it depends on "
                            + METADATA_VERSION.featureName + " level " + ELR_NEEDS);
        }
    }

    /** The feature of this name, if Kafka 4.4 has one. */
    public static Optional<Feature> find(String name) {
        return List.of(values()).stream()
                .filter(feature -> feature.featureName.equals(name))
                .findFirst();
    }

    /** Those of which there is something to tell. */
    public static List<Feature> supported() {
        List<Feature> supported = new ArrayList<>(List.of(values()));
        supported.removeIf(feature -> !feature.isSupported());
        return supported;
    }
}
