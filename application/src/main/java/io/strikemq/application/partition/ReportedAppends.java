package io.strikemq.application.partition;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.topic.TopicPartition;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;

/**
 * Appends to a partition's log. A full disk is one line in the broker's log when it begins, and one when it ends,
 * however often clients try. Called under the partition's lock.
 */
final class ReportedAppends {
    private static final Logger LOG = System.getLogger(ReportedAppends.class.getName());

    private final TopicPartition partition;
    private boolean fails;

    ReportedAppends(TopicPartition partition) {
        this.partition = partition;
    }

    /** {@link PartitionLog#append}, with its errors. */
    void append(PartitionLog log, ByteBuffer batch) {
        try {
            log.append(batch);
        } catch (BrokerException e) {
            if (!fails) {
                fails = true;
                LOG.log(
                        Level.WARNING,
                        "Partition " + partition + " takes no records, clients are told " + e.error() + ": "
                                + e.getMessage());
            }
            throw e;
        }
        if (fails) {
            fails = false;
            LOG.log(Level.INFO, "Partition " + partition + " takes records again.");
        }
    }
}
