package io.strikemq.domain.port.in;

import io.strikemq.domain.cluster.QuorumDescription;

/** Tells who keeps the cluster's metadata (KIP-595). Callable from any thread. */
public interface DescribeQuorum {
    /** The quorum at this moment. */
    QuorumDescription describeQuorum();
}
