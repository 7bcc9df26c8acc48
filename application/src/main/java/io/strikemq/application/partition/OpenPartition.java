package io.strikemq.application.partition;

import io.strikemq.domain.log.LogCheckpoint;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.producer.ProducerStates;
import io.strikemq.domain.topic.TopicPartition;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * A partition's log together with the producers that wrote to it, as found when the log was opened: those of the last
 * checkpoint, and of the batches that came after it.
 */
record OpenPartition(PartitionLog log, ProducerStates producers) {
    private static final Logger LOG = System.getLogger(OpenPartition.class.getName());

    /** Brings the producers' state up to the end of the log, and reads nothing after a close with a checkpoint. */
    static OpenPartition recover(TopicPartition partition, PartitionLog log, long nowMillis) {
        try {
            return new OpenPartition(log, producersOf(partition, log, nowMillis));
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    private static ProducerStates producersOf(TopicPartition partition, PartitionLog log, long nowMillis) {
        long from = log.startOffset();
        ProducerStates producers = new ProducerStates();
        LogCheckpoint checkpoint = log.lastCheckpoint().orElse(null);
        if (checkpoint != null) {
            try {
                producers = ProducerStates.restore(checkpoint.state());
                from = Math.max(from, checkpoint.endOffset());
            } catch (IllegalArgumentException e) {
                LOG.log(Level.WARNING, "Reading the whole log to find its producers: " + e.getMessage());
            }
        }
        ProducerStates known = producers;
        new LogReplay(partition, log::read, log.endOffset()).from(from, batch -> known.appended(batch, nowMillis));
        return producers;
    }
}
