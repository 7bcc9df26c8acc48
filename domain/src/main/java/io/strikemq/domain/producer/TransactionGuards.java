package io.strikemq.domain.producer;

import io.strikemq.domain.producer.SequenceCheck.Refused;
import io.strikemq.domain.record.RecordBatch;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The verifications of a partition that are under way, one a producer: from the question to the coordinator until its
 * records are appended, or its transaction has ended (KIP-890). Not thread-safe: the partition's lock guards it.
 */
final class TransactionGuards {
    /** Each waits for an answer that mostly comes at once, so there are few; those that never come are not kept. */
    static final int MOST = 10_000;

    private final Map<Long, TransactionGuard> byProducer = new LinkedHashMap<>();

    boolean isEmpty() {
        return byProducer.isEmpty();
    }

    TransactionGuard begin(ProducerIdentity producer, int sequence, boolean producerBumpsEpochs, long nowMillis) {
        TransactionGuard present = byProducer.get(producer.id());
        if (present != null) {
            present.includes(sequence, producer.epoch(), producerBumpsEpochs);
            return present;
        }
        if (byProducer.size() == MOST) {
            byProducer.remove(byProducer.keySet().iterator().next());
        }
        TransactionGuard guard = new TransactionGuard(sequence, producer.epoch(), producerBumpsEpochs, nowMillis);
        byProducer.put(producer.id(), guard);
        return guard;
    }

    /** Whether the guard still holds for the producer. */
    boolean isValid(long producerId, TransactionGuard guard) {
        return guard != TransactionGuard.NOT_NEEDED && byProducer.get(producerId) == guard;
    }

    /**
     * Why records do not come first among those that were to be verified; null if they do, or none are. Verifications may
     * end in another order than they began, and the first records of a transaction are followed by no check of their own.
     *
     * @param isNew whether nothing is known of what the producer wrote before
     */
    Refused checkSequence(RecordBatch batch, boolean isNew) {
        TransactionGuard guard = byProducer.get(batch.producerId());
        if (guard == null) {
            return null;
        }
        int sequence = batch.baseSequence();
        if (guard.producerBumpsEpochs() && isNew && sequence != 0) {
            return ProducerState.outOfOrder("Producer " + batch.producerId() + " begins with sequence number "
                    + sequence + ", and not with 0 as each transaction of version 2.");
        }
        return sequence <= guard.lowestSequence()
                ? null
                : ProducerState.outOfOrder("Producer " + batch.producerId() + " sent sequence number " + sequence
                        + " before " + guard.lowestSequence() + ", which is being verified.");
    }

    /** The producer's records are appended. */
    void used(long producerId) {
        byProducer.remove(producerId);
    }

    /** The producer's transaction has ended. A guard of the next one, whose epoch the marker has begun, stays. */
    void ended(ProducerIdentity marker) {
        TransactionGuard guard = byProducer.get(marker.id());
        boolean isOfNext = guard != null && guard.producerBumpsEpochs() && guard.epoch() == marker.epoch();
        if (!isOfNext) {
            byProducer.remove(marker.id());
        }
    }

    void forgetBefore(long limitMillis) {
        byProducer.values().removeIf(guard -> guard.sinceMillis() <= limitMillis);
    }
}
