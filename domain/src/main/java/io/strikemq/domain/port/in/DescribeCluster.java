package io.strikemq.domain.port.in;

import io.strikemq.domain.cluster.ClusterDescription;

/** Tells what the cluster consists of. Callable from any thread. */
public interface DescribeCluster {
    /** The cluster at this moment. */
    ClusterDescription describe();
}
