package io.strikemq.application.transaction;

import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.thread.NonBlockingThread;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What the coordinator lends to each of its transactions.
 *
 * @param producerIds ids that nobody has had; to get one may wait for the disk
 * @param workers     run what takes long
 * @param markers     writes the markers of transactions whose outcome is decided
 * @param watch       sees what was stored
 * @param onChange    is told then
 */
record CoordinatorContext(
        TransactionLog log,
        LongSupplier producerIds,
        Clock clock,
        Executor workers,
        MarkerWriting markers,
        TransactionWatch watch,
        Consumer<CoordinatedTransaction> onChange) {
    /** A producer id: at once on a thread that may wait, else from a worker. A failure is the stage's, on either. */
    CompletionStage<Long> freshProducerId() {
        Executor where = NonBlockingThread.mayWait() ? Runnable::run : workers;
        return CompletableFuture.supplyAsync(producerIds::getAsLong, where);
    }
}
