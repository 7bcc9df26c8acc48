package io.strikemq.application.partition;

import io.strikemq.domain.log.AbortedTransaction;
import io.strikemq.domain.log.LogCheckpoint;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.producer.ProducerStates;
import io.strikemq.domain.topic.TopicPartition;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * A partition's log together with the producers that wrote to it, as found when the log was opened: those of the last
 * checkpoint, and of the batches that came after it. The log's index of aborted transactions is brought up to the end as
 * well.
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

    /** The marker of the last transaction that was aborted and can still be read; -1 without any. */
    long lastAbortedOffset() {
        List<AbortedTransaction> aborted = log.aborted(log.startOffset(), Long.MAX_VALUE);
        return aborted.isEmpty() ? -1 : aborted.get(aborted.size() - 1).lastOffset();
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
        if (checkpoint != null && !log.knewAborted()) {
            replay(partition, log, new ProducerStates(), log.startOffset(), checkpoint.endOffset(), nowMillis);
        }
        replay(partition, log, producers, from, log.endOffset(), nowMillis);
        return producers;
    }

    /** Brings the producers up to the end of what is read, and the index of aborted transactions as well. */
    private static void replay(
            TopicPartition partition, PartitionLog log, ProducerStates producers, long from, long end, long nowMillis) {
        new LogReplay(partition, log::read, end).from(from, batch -> {
            AbortedTransaction aborted = producers.appended(batch, nowMillis);
            if (aborted != null) {
                log.addAborted(aborted);
            }
        });
    }
}
