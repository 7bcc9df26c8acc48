package io.strikemq.domain.cluster;

import java.util.List;
import java.util.Map;

/**
 * The cluster as clients see it.
 *
 * @param clusterId    22 characters of URL-safe base64
 * @param controllerId the broker that takes administrative requests, one of {@code brokerIds}
 * @param brokerIds    all brokers, at least one; their addresses are the listeners' affair
 * @param racks        the racks in which brokers stand, by broker id; those that stand in none are missing
 */
public record ClusterDescription(
        String clusterId, int controllerId, List<Integer> brokerIds, Map<Integer, String> racks) {
    public ClusterDescription {
        brokerIds = List.copyOf(brokerIds);
        racks = Map.copyOf(racks);
        if (!brokerIds.contains(controllerId)) {
            throw new IllegalArgumentException("controller " + controllerId + " is none of the brokers " + brokerIds);
        }
    }

    /** A cluster without racks. */
    public ClusterDescription(String clusterId, int controllerId, List<Integer> brokerIds) {
        this(clusterId, controllerId, brokerIds, Map.of());
    }

    /** The rack in which a broker stands; null for none. */
    public String rack(int brokerId) {
        return racks.get(brokerId);
    }
}
