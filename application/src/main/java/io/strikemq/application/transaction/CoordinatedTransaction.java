package io.strikemq.application.transaction;

import io.strikemq.application.coordinator.CoordinatorErrors;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.request.Printable;
import io.strikemq.domain.transaction.Transaction;
import io.strikemq.domain.transaction.TransactionEffect;
import io.strikemq.domain.transaction.TransactionEffect.Answer;
import io.strikemq.domain.transaction.TransactionEffect.WriteMarkers;
import io.strikemq.domain.transaction.TransactionEvent;
import io.strikemq.domain.transaction.TransactionRules;
import io.strikemq.domain.transaction.TransactionState;
import io.strikemq.domain.transaction.TransactionTransition;
import io.strikemq.domain.transaction.log.TransactionRecord;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One transactional id at work: feeds events to the rules, stores what they make of it, and then does what they say. What the
 * log refuses has not happened.
 *
 * <p>Threading: callable from any thread. One lock is held over a transition and the append to the log that belongs to it,
 * never while markers are written or somebody is answered.
 */
final class CoordinatedTransaction {
    private static final Logger LOG = System.getLogger(CoordinatedTransaction.class.getName());

    private final String id;
    private final CoordinatorContext context;
    private final ReentrantLock lock = new ReentrantLock();

    /** Written under the lock, when the log has it. */
    private volatile Transaction current;

    /** What one event came to; {@code stored} tells of what the log was told, null for nothing. */
    private record Outcome(Answer answer, WriteMarkers markers, boolean needsProducerId, Runnable stored) {
        static Outcome refused(ErrorCode error) {
            return new Outcome(new Answer(error, ProducerIdentity.NONE), null, false, null);
        }
    }

    CoordinatedTransaction(Transaction loaded, CoordinatorContext context) {
        this.id = loaded.transactionalId();
        this.current = loaded;
        this.context = context;
    }

    String id() {
        return id;
    }

    /** What the log has of it, as of now. */
    Transaction now() {
        return current;
    }

    /** Whether it was forgotten: whoever still holds it looks for another of its id. */
    boolean isDead() {
        return current.is(TransactionState.DEAD);
    }

    /**
     * Tells of an event; complete when what it changes is in the log. Never fails: what goes wrong is an error in the
     * answer.
     */
    CompletionStage<Answer> apply(TransactionEvent event) {
        Outcome outcome = step(event, OptionalLong.empty());
        if (!outcome.needsProducerId()) {
            return CompletableFuture.completedFuture(finish(outcome));
        }
        return context.freshProducerId()
                .thenApply(fresh -> finish(step(event, OptionalLong.of(fresh))))
                .exceptionally(failure -> finish(Outcome.refused(error(failure))));
    }

    /** For events that never need a producer id. */
    Answer applyNow(TransactionEvent event) {
        return finish(step(event, OptionalLong.empty()));
    }

    /** Ends it here if nobody ever initialized it; whoever holds it then looks for another of its id. */
    void discardIfUnknown() {
        lock.lock();
        try {
            if (current.isUnknown()) {
                current = TransactionRules.discarded(current);
            }
        } finally {
            lock.unlock();
        }
    }

    private Outcome step(TransactionEvent event, OptionalLong freshId) {
        lock.lock();
        try {
            if (isDead()) {
                return Outcome.refused(ErrorCode.INVALID_PRODUCER_ID_MAPPING);
            }
            TransactionTransition transition = TransactionRules.apply(
                    current, event, freshId, context.clock().wallClockMillis());
            return perform(event, transition);
        } finally {
            lock.unlock();
        }
    }

    private Outcome perform(TransactionEvent event, TransactionTransition transition) {
        Answer answer = new Answer(ErrorCode.NONE, ProducerIdentity.NONE);
        WriteMarkers markers = null;
        boolean needsProducerId = false;
        Runnable stored = null;
        for (TransactionEffect effect : transition.effects()) {
            if (effect instanceof TransactionEffect.Store || effect instanceof TransactionEffect.Forget) {
                ErrorCode error = store(transition.next());
                if (error != ErrorCode.NONE) {
                    return Outcome.refused(error);
                }
                Transaction before = current;
                current = transition.next();
                stored = () -> context.watch().stored(before, event, transition.next());
            } else if (effect instanceof Answer told) {
                answer = told;
            } else if (effect instanceof WriteMarkers write) {
                markers = write;
            } else if (effect instanceof TransactionEffect.NeedProducerId) {
                needsProducerId = true;
            } else {
                throw new IllegalStateException("unexpected " + effect);
            }
        }
        return new Outcome(answer, markers, needsProducerId, stored);
    }

    private ErrorCode store(Transaction next) {
        try {
            context.log().append(new TransactionRecord(id, next.is(TransactionState.DEAD) ? null : next));
            return ErrorCode.NONE;
        } catch (BrokerException e) {
            LOG.log(Level.WARNING, "Transaction " + Printable.name(id) + " could not be stored: " + e.getMessage());
            return CoordinatorErrors.afterFailedAppend(e.error());
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "Transaction " + Printable.name(id) + " could not be stored", e);
            return ErrorCode.UNKNOWN_SERVER_ERROR;
        }
    }

    /** What comes after the lock: the outcome is certain, so the markers need not be waited for. */
    private Answer finish(Outcome outcome) {
        if (outcome.stored() != null) {
            outcome.stored().run();
            context.onChange().accept(this);
        }
        if (outcome.markers() != null) {
            context.markers().begin(this, outcome.markers());
        }
        return outcome.answer();
    }

    private ErrorCode error(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof BrokerException refusal) {
            LOG.log(
                    Level.WARNING,
                    "Transaction " + Printable.name(id) + " got no producer id: " + refusal.getMessage());
            return CoordinatorErrors.afterFailedAppend(refusal.error());
        }
        LOG.log(Level.ERROR, "Transaction " + Printable.name(id) + " got no producer id", cause);
        return ErrorCode.UNKNOWN_SERVER_ERROR;
    }
}
