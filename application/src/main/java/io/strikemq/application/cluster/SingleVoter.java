package io.strikemq.application.cluster;

import io.strikemq.domain.cluster.QuorumDescription;
import io.strikemq.domain.cluster.QuorumDescription.Voter;
import io.strikemq.domain.port.in.DescribeQuorum;
import io.strikemq.domain.port.out.Clock;
import java.util.List;

/**
 * A quorum of one, as a single node of Kafka has it. There is no log of metadata, so that its end stands still: it is told
 * as one of a single record.
 */
public final class SingleVoter implements DescribeQuorum {
    private static final int EPOCH = 1;
    private static final long LOG_END = 1;

    private final int nodeId;
    private final String controllerListener;
    private final Clock clock;

    /** {@code controllerListener}: what the listener for controllers is called, whether it is opened or not. */
    public SingleVoter(int nodeId, String controllerListener, Clock clock) {
        this.nodeId = nodeId;
        this.controllerListener = controllerListener;
        this.clock = clock;
    }

    @Override
    public QuorumDescription describeQuorum() {
        long now = clock.wallClockMillis();
        return new QuorumDescription(
                nodeId, EPOCH, LOG_END, List.of(new Voter(nodeId, LOG_END, now, now)), controllerListener);
    }
}
