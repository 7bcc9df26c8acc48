package io.strikemq.application.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class SharedRunTest {
    private final SharedRun run = new SharedRun();
    private final List<Runnable> tasks = new ArrayList<>();
    private int ran;

    @Test
    void whoAsksMeanwhileWaitsForTheSameRunAndWhoAsksLaterForAnother() {
        CompletableFuture<Void> first = start();
        CompletableFuture<Void> second = start();
        assertFalse(first.isDone() || second.isDone());

        tasks.remove(0).run();
        assertTrue(first.isDone() && second.isDone());
        assertEquals(1, ran);

        start();
        tasks.remove(0).run();
        assertEquals(2, ran);
    }

    @Test
    void whereNothingCanRunAnyMoreAllAreTold() {
        List<CompletableFuture<Void>> others = new ArrayList<>();
        CompletableFuture<Void> refused = run.start(
                        task -> {
                            others.add(start());
                            throw new RejectedExecutionException("no more tasks");
                        },
                        () -> ran++)
                .toCompletableFuture();

        assertTrue(refused.isCompletedExceptionally());
        assertTrue(others.get(0).isCompletedExceptionally());
        start();
        assertEquals(1, tasks.size(), "it is tried again");
    }

    private CompletableFuture<Void> start() {
        return run.start(tasks::add, () -> ran++).toCompletableFuture();
    }
}
