package io.strikemq.domain.transaction;

import io.strikemq.domain.producer.ProducerIdentity;

/**
 * The producer that a transactional id belongs to at the moment, and as much of those before as retries need. -1 stands
 * for none, in all of them.
 *
 * @param id         its producer id
 * @param epoch      its epoch; a larger one fences it
 * @param previousId the id that it had before the last change of the transaction, mostly the same
 * @param nextId     the id that it gets when the transaction is complete, since its epochs are used up
 * @param lastEpoch  the epoch before this one, from which a retry may still come; it does not survive a restart
 */
public record TransactionProducer(long id, short epoch, long previousId, long nextId, short lastEpoch) {
    /** No producer yet. */
    public static final TransactionProducer NONE = new TransactionProducer(-1, (short) -1, -1, -1, (short) -1);

    private static final short LAST_EPOCH_OF_CLIENTS = Short.MAX_VALUE - 1;

    /**
     * Whether no client may get a larger epoch than this: the largest of all is kept, so that a producer can always be
     * fenced.
     */
    public static boolean isExhausted(short epoch) {
        return epoch >= LAST_EPOCH_OF_CLIENTS;
    }

    /** Whether this producer's epochs are used up. */
    public boolean isExhausted() {
        return isExhausted(epoch);
    }

    /** Its id and epoch. */
    public ProducerIdentity identity() {
        return new ProducerIdentity(id, epoch);
    }

    TransactionProducer withEpochs(short newEpoch, short newLastEpoch) {
        return new TransactionProducer(id, newEpoch, previousId, nextId, newLastEpoch);
    }

    TransactionProducer withNextId(long newNextId) {
        return new TransactionProducer(id, epoch, previousId, newNextId, lastEpoch);
    }

    TransactionProducer withId(long newId) {
        return new TransactionProducer(newId, epoch, previousId, nextId, lastEpoch);
    }

    TransactionProducer withPreviousId(long newPreviousId) {
        return new TransactionProducer(id, epoch, newPreviousId, nextId, lastEpoch);
    }
}
