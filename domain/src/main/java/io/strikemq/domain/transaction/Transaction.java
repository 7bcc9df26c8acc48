package io.strikemq.domain.transaction;

import io.strikemq.domain.topic.TopicPartition;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What the coordinator knows of a transactional id: its producer, and its current or last transaction.
 *
 * @param transactionalId not empty
 * @param timeoutMs       how long a transaction may last
 * @param partitions      that take part and have no marker yet, as far as the log knows; in the order in which they came
 * @param startMs         when the transaction began, -1 before the first; wall clock
 * @param updateMs        when something last changed; wall clock
 * @param version         by which rules the last client acted
 */
public record Transaction(
        String transactionalId,
        TransactionProducer producer,
        TransactionState state,
        int timeoutMs,
        Set<TopicPartition> partitions,
        long startMs,
        long updateMs,
        TransactionVersion version) {
    /** No transaction has begun. */
    public static final long NEVER = -1;

    /** The timeout of transactions that wait for an outside coordinator as long as it takes (KIP-939). */
    private static final int NO_TIMEOUT = Integer.MAX_VALUE;

    private static final long END_OF_TIME = Long.MAX_VALUE;

    public Transaction {
        partitions = Collections.unmodifiableSet(new LinkedHashSet<>(partitions));
    }

    /** An id that nobody has initialized. */
    public static Transaction unknown(String transactionalId) {
        return new Transaction(
                transactionalId,
                TransactionProducer.NONE,
                TransactionState.EMPTY,
                0,
                Set.of(),
                NEVER,
                NEVER,
                TransactionVersion.V0);
    }

    /** Whether nobody has initialized the id yet: then the log has nothing of it. */
    public boolean isUnknown() {
        return producer.id() == TransactionProducer.NONE.id();
    }

    /** Whether it is in this state. */
    public boolean is(TransactionState which) {
        return state == which;
    }

    /** Whether it is an open transaction that has lasted longer than it may. */
    public boolean isTimedOut(long nowMs) {
        return timesOutMs() <= nowMs;
    }

    /** The first moment at which {@link #isTimedOut} is true; the end of time where it never is. */
    public long timesOutMs() {
        return is(TransactionState.ONGOING) && timeoutMs != NO_TIMEOUT ? later(startMs, timeoutMs + 1L) : END_OF_TIME;
    }

    /** When the id may be forgotten, if nobody uses it until then; the end of time where it may not. */
    public long expiresMs(long expirationMs) {
        return state.canExpire() && !isUnknown() ? later(updateMs, expirationMs) : END_OF_TIME;
    }

    /** A time after another, which comes from the log and may be anything. */
    private static long later(long fromMs, long durationMs) {
        return fromMs > END_OF_TIME - durationMs ? END_OF_TIME : fromMs + durationMs;
    }
}
