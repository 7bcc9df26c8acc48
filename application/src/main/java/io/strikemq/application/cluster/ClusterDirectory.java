package io.strikemq.application.cluster;

import io.strikemq.domain.cluster.ClusterDescription;
import io.strikemq.domain.port.in.DescribeCluster;

/** Tells clients what the cluster consists of. */
public final class ClusterDirectory implements DescribeCluster {
    private final ClusterView cluster;

    public ClusterDirectory(ClusterView cluster) {
        this.cluster = cluster;
    }

    @Override
    public ClusterDescription describe() {
        return new ClusterDescription(cluster.clusterId(), cluster.controllerId(), cluster.brokerIds());
    }
}
