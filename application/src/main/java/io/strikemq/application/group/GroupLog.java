package io.strikemq.application.group;

import io.strikemq.domain.group.log.GroupRecord;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionGuard;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.topic.TopicPartition;
import java.util.List;

/**
 * Where groups and their offsets survive. Callable from any thread.
 *
 * <p>Errors: {@link io.strikemq.domain.error.BrokerException}, by the codes of an append to a partition.
 */
public interface GroupLog {
    /** Whether there is a log: then {@link #append} touches no other file, and {@link #prepare} has nothing to do. */
    boolean isPrepared();

    /**
     * Makes sure that there is a log. It may create a topic: not to be called with a group's lock held, nor on a thread
     * that must not wait.
     */
    void prepare();

    /** Appends all of the records or none; they are all of one group. When the call returned, they survive. */
    void append(List<GroupRecord> records);

    /**
     * Before offsets of a group are verified that may begin a producer's transaction in its partition of the log.
     *
     * @param producerBumpsEpochs whether each transaction of the producer has an epoch of its own (version 2)
     * @throws io.strikemq.domain.error.BrokerException also with INVALID_PRODUCER_EPOCH
     */
    TransactionStart begin(String groupId, ProducerIdentity producer, boolean producerBumpsEpochs);

    /**
     * Appends offsets of one group as a part of a producer's transaction, all or none: they count when it is committed.
     *
     * @param guard of the verification
     * @return where they lie
     * @throws io.strikemq.domain.error.BrokerException also with INVALID_PRODUCER_EPOCH, and with INVALID_TXN_STATE when the
     *     transaction has ended since it was verified
     */
    LogPosition append(List<GroupRecord> offsets, ProducerIdentity producer, TransactionGuard guard);

    /**
     * The partition that takes part in a transaction, and the guard of its verification: {@link TransactionGuard#NOT_NEEDED}
     * when the transaction is open there already.
     */
    record TransactionStart(TopicPartition partition, TransactionGuard guard) {}

    /**
     * Shows all records: those of one group in the order in which they were appended, and once somebody has given the
     * topic more partitions, the newer ones again behind all others. Whatever the log holds, this returns: what cannot be read is skipped, and the visitor is told of each piece.
     */
    void replay(Visitor visitor);

    /** Who is shown what the log holds. */
    interface Visitor {
        /** A record, as it was appended. */
        void found(GroupRecord groupRecord);

        /** An offset that is part of a producer's transaction. */
        void foundPending(GroupRecord.Offset offset, long producerId, LogPosition at);

        /** The marker with which a producer's transaction has ended in its partition. */
        void ended(long producerId, LogPosition marker, Outcome outcome);

        /** Something cannot be read: which record, batch or partition, and why. */
        void skipped(String what, String why);
    }
}
