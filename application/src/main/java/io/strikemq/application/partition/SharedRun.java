package io.strikemq.application.partition;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/** Runs something once for all that ask for it while it runs. Safe for all threads. */
final class SharedRun {
    /** Complete when the run that goes on has ended; null while none does. */
    private final AtomicReference<CompletableFuture<Void>> running = new AtomicReference<>();

    /**
     * Complete when {@code action} has run, whatever came of it; {@code executor} runs it unless it runs already, and
     * where it takes nothing more, all who asked are told so.
     */
    CompletionStage<Void> start(Executor executor, Runnable action) {
        CompletableFuture<Void> ours = new CompletableFuture<>();
        CompletableFuture<Void> others = running.compareAndExchange(null, ours);
        if (others != null) {
            return others;
        }
        try {
            executor.execute(() -> {
                try {
                    action.run();
                } finally {
                    running.set(null);
                    ours.complete(null);
                }
            });
        } catch (RuntimeException | Error e) {
            running.set(null);
            ours.completeExceptionally(e);
        }
        return ours;
    }
}
