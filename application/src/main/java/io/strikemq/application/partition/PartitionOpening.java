package io.strikemq.application.partition;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Opens the logs of partitions on worker threads, since it takes long: after a crash up to 64 MB are read for each.
 *
 * <p>Each opening is a task of its own, and the next one of the same request queues up behind those of others: so nobody
 * waits until somebody else's thousand partitions are open. Who waits for an opening holds no thread.
 */
final class PartitionOpening {
    private final Executor workers;

    PartitionOpening(Executor workers) {
        this.workers = workers;
    }

    /** Does {@code work} when each of these was opened as far as possible: on a worker, or here if there are none. */
    <T> CompletionStage<T> whenOpen(List<Partition> partitions, Supplier<T> work) {
        CompletableFuture<Void> opened = new CompletableFuture<>();
        CompletionStage<T> result = opened.thenApply(nothing -> work.get());
        openFrom(0, partitions, opened);
        return result;
    }

    /** Does {@code work} on a worker. */
    <T> CompletionStage<T> onWorker(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, workers);
        } catch (RuntimeException stopping) {
            return CompletableFuture.failedFuture(stopping);
        }
    }

    private void openFrom(int next, List<Partition> partitions, CompletableFuture<Void> opened) {
        if (next == partitions.size()) {
            opened.complete(null);
            return;
        }
        try {
            partitions
                    .get(next)
                    .open(workers)
                    .thenRunAsync(() -> openFrom(next + 1, partitions, opened), workers)
                    .exceptionally(failure -> failed(opened, failure));
        } catch (RuntimeException | Error failure) {
            // As when the workers take nothing more, since the broker stops: nobody waits for what will never be.
            failed(opened, failure);
        }
    }

    private static Void failed(CompletableFuture<Void> opened, Throwable failure) {
        opened.completeExceptionally(failure);
        return null;
    }
}
