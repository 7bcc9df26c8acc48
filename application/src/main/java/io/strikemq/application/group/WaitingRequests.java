package io.strikemq.application.group;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.JoinResult;
import io.strikemq.domain.group.SyncResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The joins and syncs of one group that wait for an answer, and the answers that wait for the group's lock to be
 * released: no answer is given under it. Guarded by that lock.
 */
final class WaitingRequests {
    private final Map<Long, CompletableFuture<JoinResult>> joins = new HashMap<>();
    private final Map<Long, CompletableFuture<SyncResult>> syncs = new HashMap<>();
    private List<Runnable> answers = new ArrayList<>();

    /** A join that waits from now on. */
    CompletableFuture<JoinResult> join(long request) {
        return joins.computeIfAbsent(request, number -> new CompletableFuture<>());
    }

    /** A sync that waits from now on. */
    CompletableFuture<SyncResult> sync(long request) {
        return syncs.computeIfAbsent(request, number -> new CompletableFuture<>());
    }

    /** Has a join answered; one that was sent away before is not told twice. */
    void answerJoin(long request, JoinResult result) {
        CompletableFuture<JoinResult> waiting = joins.remove(request);
        if (waiting != null) {
            answers.add(() -> waiting.complete(result));
        }
    }

    /** Has a sync answered; one that was sent away before is not told twice. */
    void answerSync(long request, SyncResult result) {
        CompletableFuture<SyncResult> waiting = syncs.remove(request);
        if (waiting != null) {
            answers.add(() -> waiting.complete(result));
        }
    }

    /** Has all that wait told this error; returns how many there were. */
    int sendAllAway(ErrorCode error) {
        int waiting = joins.size() + syncs.size();
        List.copyOf(joins.keySet()).forEach(request -> answerJoin(request, JoinResult.refused(error, "")));
        List.copyOf(syncs.keySet()).forEach(request -> answerSync(request, SyncResult.refused(error)));
        return waiting;
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
