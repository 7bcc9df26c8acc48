package io.strikemq.application.partition;

import io.strikemq.application.partition.PartitionAppend.Duplicate;
import io.strikemq.application.partition.PartitionAppend.Refused;
import io.strikemq.domain.producer.ActiveProducer;
import io.strikemq.domain.producer.LastBatch;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.SequenceCheck;
import io.strikemq.domain.producer.TransactionGuard;
import io.strikemq.domain.producer.TransactionMarker;
import io.strikemq.domain.record.RecordBatch;
import java.util.List;
import java.util.Map;

/** Asks a partition's idempotent producers whether a batch may be appended. Guarded by the partition's lock. */
final class ProducerChecks {
    private final PartitionContext context;
    private long idleCheckedMillis;

    /** Who has made a batch. */
    enum Origin {
        CLIENT,
        BROKER,
        /** Who may say what a producer would not. */
        TESTER
    }

    ProducerChecks(PartitionContext context) {
        this.context = context;
    }

    /** Those that are remembered, by id. */
    List<ActiveProducer> active(OpenPartition opened) {
        forgetIdle(opened);
        return opened.producers().active();
    }

    /** The last batches of those that are remembered, by id. */
    Map<Long, LastBatch> lastBatches(OpenPartition opened) {
        forgetIdle(opened);
        return opened.producers().lastBatches();
    }

    /** {@link Partition#beginVerification}. */
    TransactionGuard beginVerification(
            OpenPartition opened, ProducerIdentity producer, int baseSequence, boolean producerBumpsEpochs) {
        return opened.producers()
                .beginVerification(
                        producer,
                        baseSequence,
                        producerBumpsEpochs,
                        context.clock().wallClockMillis());
    }

    /**
     * Why a batch is not appended; null if it is.
     *
     * @param marker what the batch says; null for one of records
     * @throws io.strikemq.domain.error.BrokerException for a marker that is fenced
     */
    PartitionAppend refusal(
            OpenPartition opened, RecordBatch batch, TransactionGuard guard, Origin origin, TransactionMarker marker) {
        if (marker != null) {
            opened.producers().check(marker);
            return null;
        }
        if (!batch.hasProducer() || origin == Origin.TESTER) {
            return null;
        }
        forgetIdle(opened);
        if (origin == Origin.BROKER) {
            SequenceCheck.Refused reason = opened.producers().checkOfBroker(batch, guard);
            return reason == null ? null : new Refused(reason, opened.log().startOffset());
        }
        SequenceCheck check = opened.producers().check(batch, guard);
        if (check instanceof SequenceCheck.Duplicate duplicate) {
            return new Duplicate(duplicate, opened.log().startOffset());
        }
        if (check instanceof SequenceCheck.Refused refused) {
            return new Refused(refused, opened.log().startOffset());
        }
        if (check instanceof SequenceCheck.Next) {
            return null;
        }
        throw new IllegalStateException("unexpected " + check);
    }

    private void forgetIdle(OpenPartition opened) {
        long now = context.clock().wallClockMillis();
        if (now - idleCheckedMillis >= context.producers().expirationCheck().toMillis()) {
            idleCheckedMillis = now;
            opened.producers().forgetIdle(now, context.producers().idExpiration());
        }
    }
}
