package io.strikemq.application.await;

import io.strikemq.application.await.Check.Sight;
import io.strikemq.domain.await.Awaited;
import io.strikemq.domain.await.Condition;
import io.strikemq.domain.await.UnmetCondition;
import io.strikemq.domain.await.Wait;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.out.Clock;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** One who waits. Looks are made by one thread at a time; whoever comes later waits for it. */
final class StartedWait implements Wait {
    private final Condition condition;
    private final Checks checks;
    private final Check check;
    private final Clock realTime;
    private final long beganNanos;
    private final Consumer<StartedWait> onOver;
    private final CompletableFuture<Awaited> outcome = new CompletableFuture<>();
    private final ReentrantLock looking = new ReentrantLock();
    /** What was seen last. */
    private volatile String seen = "nothing was looked at yet";

    /** {@code onOver} is told once, before whoever waits for the outcome is. */
    StartedWait(Condition condition, Checks checks, Clock realTime, Consumer<StartedWait> onOver) {
        this.condition = condition;
        this.checks = checks;
        this.check = checks.of(condition);
        this.realTime = realTime;
        this.onOver = onOver;
        this.beganNanos = realTime.monotonicNanos();
    }

    /** How it looks at the broker. */
    Checks checks() {
        return checks;
    }

    Check check() {
        return check;
    }

    @Override
    public CompletionStage<Awaited> outcome() {
        return outcome;
    }

    /** Looks, and is over when the condition is true; whether there is more to look at already. */
    boolean look() {
        looking.lock();
        try {
            if (outcome.isDone()) {
                return false;
            }
            Sight sight = check.look();
            seen = sight.seen();
            if (sight.holds()) {
                end(() -> outcome.complete(new Awaited(sight.seen(), waited())));
            }
            return !sight.holds() && !sight.isAll();
        } catch (BrokerException e) {
            if (e.error() == ErrorCode.NOT_LEADER_OR_FOLLOWER || e.error() == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION) {
                // A partition went while it was looked at: its topic is deleted, or the broker reset, and both are
                // told.
                seen = e.getMessage();
            } else {
                fail(e);
            }
            return false;
        } catch (RuntimeException | Error e) {
            fail(e);
            return false;
        } finally {
            looking.unlock();
        }
    }

    private Duration waited() {
        return Duration.ofNanos(realTime.monotonicNanos() - beganNanos);
    }

    @Override
    public void giveUp() {
        look();
        fail(new UnmetCondition(condition, seen, waited()));
    }

    @Override
    public void cancel() {
        fail(new CancellationException("nobody waits any more: " + condition.text()));
    }

    /** The broker stops, or is reset. */
    void sendAway() {
        fail(new BrokerException(
                ErrorCode.BROKER_NOT_AVAILABLE,
                condition.text() + ", but the broker is stopping or being reset; before that " + seen));
    }

    private void fail(Throwable reason) {
        end(() -> outcome.completeExceptionally(reason));
    }

    private void end(Runnable completion) {
        onOver.accept(this);
        completion.run();
    }
}
