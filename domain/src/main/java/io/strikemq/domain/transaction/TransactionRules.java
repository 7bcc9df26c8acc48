package io.strikemq.domain.transaction;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.transaction.TransactionEffect.Answer;
import io.strikemq.domain.transaction.TransactionEffect.Forget;
import io.strikemq.domain.transaction.TransactionEffect.Store;
import io.strikemq.domain.transaction.TransactionEvent.AddPartitions;
import io.strikemq.domain.transaction.TransactionEvent.End;
import io.strikemq.domain.transaction.TransactionEvent.Initialize;
import io.strikemq.domain.transaction.TransactionEvent.Loaded;
import io.strikemq.domain.transaction.TransactionEvent.MarkersWritten;
import io.strikemq.domain.transaction.TransactionEvent.TimePassed;
import io.strikemq.domain.transaction.TransactionEvent.Unused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The transaction coordinator's rules for one transactional id, as pure functions (KIP-98, KIP-360, KIP-890). Who may do
 * what, and which error who gets, is Kafka's; what older versions of an API call that error is for the API to say.
 */
public final class TransactionRules {
    private TransactionRules() {}

    /**
     * What an event makes of a transaction.
     *
     * @param freshId a producer id that nobody has had, for an event that was asked for one; it may stay unused
     * @param nowMs   wall clock
     */
    public static TransactionTransition apply(
            Transaction transaction, TransactionEvent event, OptionalLong freshId, long nowMs) {
        if (event instanceof Initialize initialize) {
            return InitializeRules.apply(transaction, initialize, freshId, nowMs);
        }
        if (event instanceof AddPartitions add) {
            return addPartitions(transaction, add, nowMs);
        }
        if (event instanceof End end) {
            return EndRules.end(transaction, end, freshId, nowMs);
        }
        if (event instanceof TimePassed passed) {
            return transaction.isTimedOut(nowMs)
                    ? EndRules.fence(transaction, passed.server(), freshId, nowMs, ErrorCode.NONE)
                    : TransactionTransition.none(transaction);
        }
        if (event instanceof MarkersWritten) {
            return complete(transaction, nowMs);
        }
        if (event instanceof Loaded) {
            return transaction.state().isPrepared()
                    ? TransactionTransition.to(transaction, EndRules.markers(transaction))
                    : TransactionTransition.none(transaction);
        }
        if (event instanceof Unused unused) {
            return forget(transaction, unused, nowMs);
        }
        throw new IllegalStateException("unexpected " + event);
    }

    private static TransactionTransition addPartitions(Transaction transaction, AddPartitions add, long nowMs) {
        if (transaction.state().isPrepared()) {
            return TransactionTransition.refused(transaction, ErrorCode.CONCURRENT_TRANSACTIONS);
        }
        ErrorCode strange = check(transaction, add.producer());
        if (strange != ErrorCode.NONE) {
            return TransactionTransition.refused(transaction, strange);
        }
        boolean isOngoing = transaction.is(TransactionState.ONGOING);
        if (isOngoing && transaction.partitions().containsAll(add.partitions())) {
            return TransactionTransition.settled(transaction);
        }
        Transaction next = new TransactionDraft(transaction)
                .enter(TransactionState.ONGOING)
                .adding(add.partitions())
                .started(isOngoing ? transaction.startMs() : nowMs)
                .version(add.client())
                .updated(nowMs);
        return TransactionTransition.to(
                next, new Store(), new Answer(ErrorCode.NONE, next.producer().identity()));
    }

    /** Whether this is the id's producer of now. */
    private static ErrorCode check(Transaction transaction, ProducerIdentity producer) {
        if (transaction.isUnknown() || transaction.producer().id() != producer.id()) {
            return ErrorCode.INVALID_PRODUCER_ID_MAPPING;
        }
        return transaction.producer().epoch() == producer.epoch() ? ErrorCode.NONE : ErrorCode.PRODUCER_FENCED;
    }

    /**
     * Whether records of this producer may be appended to these partitions: NONE where they are part of its transaction,
     * TRANSACTION_ABORTABLE where they are not (KIP-890).
     */
    public static Map<TopicPartition, ErrorCode> verify(
            Transaction transaction, ProducerIdentity producer, List<TopicPartition> partitions) {
        ErrorCode strange = check(transaction, producer);
        ErrorCode forAll = strange == ErrorCode.NONE && transaction.state().isPrepared()
                ? ErrorCode.CONCURRENT_TRANSACTIONS
                : strange;
        Map<TopicPartition, ErrorCode> answers = new LinkedHashMap<>();
        for (TopicPartition partition : partitions) {
            boolean isPart = transaction.partitions().contains(partition);
            ErrorCode own = isPart ? ErrorCode.NONE : ErrorCode.TRANSACTION_ABORTABLE;
            answers.put(partition, forAll == ErrorCode.NONE ? own : forAll);
        }
        return answers;
    }

    private static TransactionTransition complete(Transaction transaction, long nowMs) {
        if (!transaction.state().isPrepared()) {
            return TransactionTransition.none(transaction);
        }
        Transaction next = EndRules.completed(transaction, nowMs);
        return TransactionTransition.to(next, new Store());
    }

    /** What becomes of an id that nobody could initialize: the log has nothing of it. */
    public static Transaction discarded(Transaction unknown) {
        return new TransactionDraft(unknown).enter(TransactionState.DEAD).updated(unknown.updateMs());
    }

    private static TransactionTransition forget(Transaction transaction, Unused unused, long nowMs) {
        if (transaction.expiresMs(unused.expirationMs()) > nowMs) {
            return TransactionTransition.none(transaction);
        }
        Transaction dead = new TransactionDraft(transaction)
                .enter(TransactionState.DEAD)
                .withoutPartitions()
                .updated(nowMs);
        return TransactionTransition.to(dead, new Forget());
    }
}
