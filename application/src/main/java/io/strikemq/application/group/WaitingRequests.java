package io.strikemq.application.group;

import io.strikemq.domain.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The requests of one group that wait for an answer, and the answers that wait for the group's lock to be released: no
 * answer is given under it, but to whoever holds it. Guarded by that lock.
 */
final class WaitingRequests {
    private final Map<Long, Waiting<?>> waiting = new HashMap<>();
    private List<Runnable> answers = new ArrayList<>();

    /** Who waits, and what it is told instead when there will be no answer; whoever holds the lock is told at once. */
    private record Waiting<T>(CompletableFuture<T> answer, Function<ErrorCode, T> refusal, boolean holdsLock) {
        @SuppressWarnings("unchecked") // The rules answer a request with what its event promises.
        void complete(Object result) {
            answer.complete((T) result);
        }

        T refused(ErrorCode error) {
            return refusal.apply(error);
        }
    }

    /** A request that waits from now on; {@code refusal} makes the answer for whoever is sent away. */
    <T> CompletableFuture<T> add(long request, Function<ErrorCode, T> refusal) {
        return add(request, new Waiting<>(new CompletableFuture<>(), refusal, false));
    }

    /** A question of whoever holds the group's lock; it never waits. */
    <T> CompletableFuture<T> addAtOnce(long request, Function<ErrorCode, T> refusal) {
        return add(request, new Waiting<>(new CompletableFuture<>(), refusal, true));
    }

    private <T> CompletableFuture<T> add(long request, Waiting<T> who) {
        waiting.put(request, who);
        return who.answer();
    }

    /** Has a request answered; one that was sent away before is not told twice. */
    void answer(long request, Object result) {
        Waiting<?> answered = waiting.remove(request);
        if (answered == null) {
            return;
        }
        if (answered.holdsLock()) {
            answered.complete(result);
        } else {
            answers.add(() -> answered.complete(result));
        }
    }

    /** Has a request told this error, if it waits still. */
    void refuse(long request, ErrorCode error) {
        Waiting<?> refused = waiting.get(request);
        if (refused != null) {
            answer(request, refused.refused(error));
        }
    }

    /** Has all that wait told this error; returns how many there were. */
    int sendAllAway(ErrorCode error) {
        List<Long> all = List.copyOf(waiting.keySet());
        all.forEach(request -> refuse(request, error));
        return all.size();
    }

    /** The answers to give once the lock is released, in their order; each is taken once. */
    List<Runnable> takeAnswers() {
        List<Runnable> taken = answers;
        if (!taken.isEmpty()) {
            answers = new ArrayList<>();
        }
        return taken;
    }
}
