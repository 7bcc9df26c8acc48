package io.strikemq.application.compaction;

import io.strikemq.application.partition.Partition;
import io.strikemq.application.partition.Partitions;
import io.strikemq.application.tending.Freeing;
import io.strikemq.application.tending.Looks;
import io.strikemq.application.topic.TopicListener;
import io.strikemq.domain.compaction.CompactableLog;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.RecordsCompacted;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.settings.CleanerSettings;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicSettings;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Compacts logs while the broker runs. As Kafka's cleaner it looks for dirty logs after log.cleaner.backoff.ms, compacts the
 * dirtiest first, and looks again at once when it has compacted something. Other than Kafka's it sleeps for as long as nothing can be
 * due: nothing was appended, no config was changed, no record becomes old enough.
 *
 * <p>The background thread looks at one partition after the other, a task for each; compactions are done in steps
 * ({@link CompactionQueue}).
 */
public final class LogCompaction implements TopicListener, AutoCloseable {
    private final Partitions partitions;
    private final Supplier<CleanerSettings> settings;
    private final Clock clock;
    private final Executor background;
    private final RecordReader reader;
    private final CompressionCodecs codecs;
    private final Freeing freeing;
    private final Looks looks;
    private final CompactionQueue queue;
    private final CompactionTroubles troubles;

    /** The passes that somebody waits for and that have not begun. */
    private final Map<Partition, CompletableFuture<RecordsCompacted>> waiting = new ConcurrentHashMap<>();

    /** What the last look found; for the background thread. */
    private volatile CompactionRound last = new CompactionRound();

    /** Nothing happens before {@link #start}. {@code settings} are asked whenever they matter: they may change. */
    public LogCompaction(
            Partitions partitions,
            RecordReader reader,
            CompressionCodecs codecs,
            Supplier<CleanerSettings> settings,
            Clock clock,
            Deadlines deadlines,
            Executor background) {
        this.partitions = partitions;
        this.settings = settings;
        this.clock = clock;
        this.background = background;
        this.reader = reader;
        this.codecs = codecs;
        this.freeing = new Freeing(deadlines, background);
        this.looks = new Looks(() -> settings.get().backoff(), clock, deadlines, () -> background.execute(this::look));
        this.queue = new CompactionQueue(settings, clock, deadlines, background);
        this.troubles = new CompactionTroubles();
    }

    /** The topics are known that were there before: looks at their logs for the first time soon. */
    public void start() {
        partitions.onAppend(looks::touch);
        if (partitions.all().findAny().isPresent()) {
            looks.touch();
        }
    }

    /** From now on tells {@code listener}, and nobody else, of what was taken from a partition, in a sentence. */
    public void onCompacted(BiConsumer<TopicPartition, String> listener) {
        troubles.onCompacted(listener);
    }

    @Override
    public void topicOpened(Topic topic) {
        // What was appended before is looked at after the start.
    }

    @Override
    public void topicChanged(Topic before, Topic after) {
        looks.changed();
        queue.wake();
    }

    @Override
    public void topicDeleted(Topic topic) {
        troubles.forget(topic);
        queue.wake();
    }

    /**
     * Compacts a partition as soon as nothing else is compacted, whatever the dirty ratio: its active segment too, but not what min.compaction.lag.ms
     * keeps safe, nor what lies behind the last stable offset. Complete when it is done; fails with a
     * {@link BrokerException}. Those that ask before it has begun share it. Not all keys may fit into memory: it takes
     * as many passes as it has to.
     */
    public CompletionStage<RecordsCompacted> compactNow(Partition partition) {
        CompletableFuture<RecordsCompacted> promise = new CompletableFuture<>();
        CompletableFuture<RecordsCompacted> first = waiting.putIfAbsent(partition, promise);
        if (first != null) {
            return first.copy();
        }
        nextPass(partition, new PassesNow()).whenComplete((result, failure) -> {
            waiting.remove(partition, promise);
            if (failure == null) {
                promise.complete(result);
            } else {
                troubles.failedNow(partition, unwrapped(failure));
                promise.completeExceptionally(unwrapped(failure));
            }
        });
        return promise.copy();
    }

    private CompletionStage<RecordsCompacted> nextPass(Partition partition, PassesNow passes) {
        CompactionJob job = new CompactionJob(() -> beginNow(partition, passes), true);
        CompletionStage<RecordsCompacted> done = job.outcome()
                .thenApply(result -> result.orElseGet(() -> nothing(partition)))
                .thenCompose(result -> passed(partition, passes, result))
                .exceptionallyCompose(failure -> passes.mayTryAgain(unwrapped(failure))
                        ? nextPass(partition, passes)
                        : CompletableFuture.failedFuture(unwrapped(failure)));
        queue.add(job);
        return done;
    }

    private CompletionStage<RecordsCompacted> passed(Partition partition, PassesNow passes, RecordsCompacted result) {
        troubles.compacted(partition, result);
        return passes.add(result) ? nextPass(partition, passes) : CompletableFuture.completedFuture(passes.done());
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
    }

    private static RecordsCompacted nothing(Partition partition) {
        return new RecordsCompacted(partition.name().partition(), 0, 0, 0, 0, 0, 0, 0);
    }

    private Optional<CompactionRun> beginNow(Partition partition, PassesNow passes) {
        waiting.remove(partition);
        if (partitions.isUnused(partition)) {
            return Optional.empty();
        }
        if (!passes.hasBegun()) {
            partition.replaceableSegments().roll();
        }
        CompactionTask task = task(partition);
        if (!passes.hasBegun()) {
            passes.begin(task.range().to());
        }
        return Optional.of(new CompactionRun(task, means(Runnable::run)));
    }

    private Optional<CompactionRun> beginIfDue(Partition partition) {
        CompactionTask task = task(partition);
        long delayMillis = task.settings().life().fileDeleteDelayMs();
        return task.isWanted().getAsBoolean()
                        && task.range().isDue(task.settings().compaction())
                ? Optional.of(new CompactionRun(task, means(space -> freeing.after(delayMillis, space))))
                : Optional.empty();
    }

    private CompactionTask task(Partition partition) {
        TopicSettings topic = partitions.settings(partition);
        CompactableLog log = partition.replaceableSegments().look();
        long now = clock.wallClockMillis();
        return new CompactionTask(
                partition,
                topic,
                log,
                log.dirty(topic.compaction(), now),
                now,
                () -> partitions.settings(partition).isCompacted());
    }

    private CompactionMeans means(Consumer<Runnable> free) {
        return new CompactionMeans(reader, codecs, settings.get(), free);
    }

    private void look() {
        looks.begins();
        if (!settings.get().isEnabled()) {
            looks.ended(Looks.NEVER);
            return;
        }
        List<Partition> compacted = partitions
                .all()
                .filter(partition -> partitions.settings(partition).isCompacted())
                .toList();
        lookAtNext(compacted.iterator(), new CompactionRound());
    }

    private void lookAtNext(Iterator<Partition> left, CompactionRound round) {
        if (!left.hasNext()) {
            last = round;
            compactNext(round.dirtiestFirst().iterator(), round);
            return;
        }
        lookAt(left.next(), round);
        background.execute(() -> lookAtNext(left, round));
    }

    private void lookAt(Partition partition, CompactionRound round) {
        try {
            if (troubles.keepsOff(partition) || partitions.isUnused(partition)) {
                return;
            }
            TopicSettings topic = partitions.settings(partition);
            long now = clock.wallClockMillis();
            if (!round.takeOver(last, partition, topic, now)) {
                round.found(partition, topic, partition.replaceableSegments().look(), now);
            }
        } catch (RuntimeException e) {
            failed(partition, e, round);
        }
    }

    private void compactNext(Iterator<Partition> left, CompactionRound round) {
        if (!left.hasNext()) {
            ended(round);
            return;
        }
        Partition partition = left.next();
        CompactionJob job = new CompactionJob(() -> beginIfDue(partition), false);
        job.outcome().whenComplete((result, failure) -> {
            if (isStopping(failure)) {
                return;
            }
            if (failure != null) {
                failed(partition, failure, round);
            } else if (result.isPresent()) {
                round.compacted();
                troubles.compacted(partition, result.get());
            }
            compactNext(left, round);
        });
        queue.add(job);
    }

    /** What fails is tried again when the broker looks next. */
    private void failed(Partition partition, Throwable failure, CompactionRound round) {
        if (troubles.failed(partition, failure)) {
            round.isDueAt(clock.wallClockMillis());
        }
    }

    /** Whether there is no look after this one. */
    private static boolean isStopping(Throwable failure) {
        return failure instanceof BrokerException refused && refused.error() == ErrorCode.BROKER_NOT_AVAILABLE;
    }

    private void ended(CompactionRound round) {
        looks.ended(round.nextMillis());
        if (round.hasCompacted()) {
            looks.wakeAfter(0);
        }
    }

    /** Ends the compaction under way: its log is left as it is. */
    @Override
    public void close() {
        queue.close();
    }
}
