package io.strikemq.domain.cluster;

import java.util.List;

/**
 * The cluster as clients see it.
 *
 * @param clusterId    22 characters of URL-safe base64
 * @param controllerId the broker that takes administrative requests, one of {@code brokerIds}
 * @param brokerIds    all brokers, at least one; their addresses are the listeners' affair
 */
public record ClusterDescription(String clusterId, int controllerId, List<Integer> brokerIds) {
    public ClusterDescription {
        brokerIds = List.copyOf(brokerIds);
        if (!brokerIds.contains(controllerId)) {
            throw new IllegalArgumentException("controller " + controllerId + " is none of the brokers " + brokerIds);
        }
    }
}
