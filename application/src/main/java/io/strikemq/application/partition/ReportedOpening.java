package io.strikemq.application.partition;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.thread.NonBlockingThread;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Opens a partition's log. Called under the partition's lock. */
final class ReportedOpening {
    private static final Logger LOG = System.getLogger(Partition.class.getName());

    private final TopicPartition partition;
    private final PartitionContext context;
    /** What was said last of an opening that failed; null if none did. */
    private String failure;

    ReportedOpening(TopicPartition partition, PartitionContext context) {
        this.partition = partition;
        this.context = context;
    }

    /**
     * Opens and recovers it. Clients are told no more than a code when that fails, and often not even that it is the
     * disk: one line says why, and not again for the same reason.
     */
    OpenPartition open(Topic topic) {
        refuseToTryAgainHere();
        assert NonBlockingThread.mayWait() : "partition " + partition + " is opened on a thread that must not wait";
        try {
            return OpenPartition.recover(
                    partition,
                    context.logs().apply(topic, partition),
                    context.clock().wallClockMillis());
        } catch (BrokerException e) {
            // A reset that came in between is nothing to tell: all partitions of this core are gone.
            if (e.error() != ErrorCode.NOT_CONTROLLER && !e.getMessage().equals(failure)) {
                failure = e.getMessage();
                LOG.log(
                        Level.ERROR,
                        "Partition " + partition + " cannot be used, clients are told " + e.error() + ": "
                                + e.getMessage());
            }
            throw e;
        }
    }

    /** The broker's own partitions are opened once, with their topic, and then used on threads that must not wait. */
    private void refuseToTryAgainHere() {
        if (failure != null && !NonBlockingThread.mayWait()) {
            throw new BrokerException(ErrorCode.KAFKA_STORAGE_ERROR, failure);
        }
    }
}
