package io.strikemq.application.fetch;

import io.strikemq.application.fetch.FetchRound.Read;
import io.strikemq.application.partition.LogEnd;
import io.strikemq.application.partition.PartitionWatch;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.fetch.IsolationLevel;
import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.port.out.Deadlines.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * A fetch that found too few bytes and waits on its partitions, holding no thread.
 *
 * <p>It counts the bytes that are appended and reads nothing until they suffice. Then, or at its deadline, or when one
 * of its partitions is gone, it reads once more and answers, exactly once, on the thread that brought the reason, or on a worker where
 * records are converted. When
 * its answer is cancelled it just ends.
 */
final class WaitingFetch {
    private final int minBytes;
    private final IsolationLevel isolation;
    private final Executor where;
    private final Supplier<FetchResult> readAgain;
    private final CompletableFuture<FetchResult> answer = new CompletableFuture<>();
    private final List<Watch> watches;

    // Guarded by this.
    private long available;
    private boolean ended;
    private Deadline deadline;

    /** {@code where}: on which thread it reads again, asked on the one that brought the reason. */
    WaitingFetch(FetchRound round, int minBytes, Executor where, Supplier<FetchResult> readAgain) {
        this.minBytes = minBytes;
        this.isolation = round.request().isolation();
        this.where = where;
        this.readAgain = readAgain;
        this.watches = new ArrayList<>(round.reads().size());
        for (Read read : round.reads()) {
            watches.add(new Watch(read));
            available += read.readable();
        }
    }

    /** Begins to wait. */
    CompletionStage<FetchResult> start(Deadlines deadlines, Duration maxWait) {
        answer.whenComplete((result, failure) -> {
            if (answer.isCancelled()) {
                end();
            }
        });
        keep(deadlines.pause(maxWait, this::complete));
        for (Watch watch : watches) {
            watch.begin();
        }
        if (hasEnded()) {
            // It ended while it began: some watches may have begun after that.
            watches.forEach(Watch::end);
        }
        return answer;
    }

    private synchronized void keep(Deadline scheduled) {
        deadline = scheduled;
        if (ended) {
            scheduled.cancel();
        }
    }

    private synchronized boolean hasEnded() {
        return ended;
    }

    private void complete() {
        if (end()) {
            where.execute(this::read);
        }
    }

    private void read() {
        FetchResult result;
        try {
            result = readAgain.get();
        } catch (RuntimeException | Error e) {
            // It is the fetch's failure, and not of whoever appended or of the timer, on whose thread this runs.
            answer.completeExceptionally(e);
            return;
        }
        if (!answer.complete(result)) {
            result.release();
        }
    }

    /** Stops waiting; true for the one caller that did it. */
    private boolean end() {
        synchronized (this) {
            if (ended) {
                return false;
            }
            ended = true;
            if (deadline != null) {
                deadline.cancel();
            }
        }
        watches.forEach(Watch::end);
        return true;
    }

    private synchronized boolean nowSuffices(Watch watch, long bytesSeen) {
        available += watch.count(bytesSeen);
        return available >= minBytes;
    }

    /** What the fetch waits for on one partition. */
    private final class Watch implements PartitionWatch {
        private final Read read;

        // Guarded by the fetch.
        private long seen;
        /** How many more bytes of this partition count, since its limit allows no more in an answer. */
        private long room;

        Watch(Read read) {
            this.read = read;
            this.seen = read.end().bytes(isolation);
            this.room = Math.max(0, (long) read.query().maxBytes() - read.readable());
        }

        void begin() {
            read.partition().watch(this);
        }

        void end() {
            read.partition().unwatch(this);
        }

        /** How many bytes of those are news that count. */
        long count(long bytesSeen) {
            long news = Math.min(room, Math.max(0, bytesSeen - seen));
            seen = Math.max(seen, bytesSeen);
            room -= news;
            return news;
        }

        @Override
        public void appended(LogEnd end) {
            if (nowSuffices(this, end.bytes(isolation))) {
                complete();
            }
        }

        @Override
        public void gone() {
            complete();
        }
    }
}
