package io.strikemq.application.compaction;

import io.strikemq.domain.log.RecordsCompacted;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A pass that is to be done, or is being done. For the {@link CompactionQueue}, which lets one thread at a time have it. */
final class CompactionJob {
    /** Begins a pass; empty if there is nothing to do after all. */
    @FunctionalInterface
    interface Begin extends Supplier<Optional<CompactionRun>> {}

    private final Begin begin;
    private final boolean isUrgent;
    private final CompletableFuture<Optional<RecordsCompacted>> outcome = new CompletableFuture<>();

    private CompactionRun run;
    private boolean isOver;
    private Throwable failure;

    /** {@code isUrgent}: whether somebody waits for it. */
    CompactionJob(Begin begin, boolean isUrgent) {
        this.begin = begin;
        this.isUrgent = isUrgent;
    }

    boolean isUrgent() {
        return isUrgent;
    }

    /** What comes of it. */
    CompletionStage<Optional<RecordsCompacted>> outcome() {
        return outcome;
    }

    /** Does a little, and says how many bytes were read and written. Not when it {@link #isOver}. */
    long step() {
        try {
            return run == null ? begin() : goOn();
        } catch (RuntimeException | Error e) {
            end(e);
            return 0;
        }
    }

    private long begin() {
        run = begin.get().orElse(null);
        isOver = run == null;
        return 0;
    }

    private long goOn() {
        long bytes = run.step();
        isOver = run.isDone();
        return bytes;
    }

    boolean isOver() {
        return isOver;
    }

    /** Ends it as a failure, and drops what is not wholly written. */
    void end(Throwable reason) {
        isOver = true;
        failure = reason;
        if (run != null) {
            try {
                run.close();
            } catch (RuntimeException e) {
                reason.addSuppressed(e);
            }
        }
    }

    /** Tells who waits what came of it, once it {@link #isOver}. */
    void tell() {
        if (failure != null) {
            outcome.completeExceptionally(failure);
        } else {
            outcome.complete(Optional.ofNullable(run).map(CompactionRun::result));
        }
    }
}
