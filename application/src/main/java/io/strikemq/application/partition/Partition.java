package io.strikemq.application.partition;

import io.strikemq.application.partition.PartitionAppend.Appended;
import io.strikemq.application.partition.ProducerChecks.Origin;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.AbortedTransaction;
import io.strikemq.domain.log.LeaderEpochs;
import io.strikemq.domain.log.LogRead;
import io.strikemq.domain.log.LogSegment;
import io.strikemq.domain.log.ReadLimit;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.producer.ActiveProducer;
import io.strikemq.domain.producer.LastBatch;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionGuard;
import io.strikemq.domain.producer.TransactionMarker;
import io.strikemq.domain.record.EndTransactionRecord;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.TimestampType;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;

/**
 * One partition: its log, how far it can be read, its idempotent producers, and who waits for it to grow.
 *
 * <p>Threading: callable from any thread. One lock is held around an append and never longer; reads take none, but see
 * the {@link LogEnd} that the last append published. The log is opened when it is first needed, which takes long: who
 * must not wait asks first whether it {@link #needsOpening()}, and has it opened by {@link Partitions#whenOpen}.
 *
 * <p>Errors of all methods that touch the log: {@link BrokerException} with KAFKA_STORAGE_ERROR, or with the code of a
 * partition that is gone (UNKNOWN_TOPIC_OR_PARTITION, or NOT_LEADER_OR_FOLLOWER when the broker stops).
 */
public final class Partition {
    /** What a client says that knows no leader epoch. */
    public static final int NO_EPOCH = -1;

    private static final LongUnaryOperator AT_THE_END = LongUnaryOperator.identity();

    private static final Logger LOG = System.getLogger(Partition.class.getName());

    private final TopicPartition name;
    private final int leaderEpoch;
    private final PartitionContext context;
    private volatile Topic topic;
    private final SharedRun opening = new SharedRun();

    private final ReentrantLock lock = new ReentrantLock();
    private final Checkpointing checkpointing;

    // Written under the lock, read without it.
    private volatile OpenPartition open;
    private volatile LogEnd end;
    /** The marker of the last transaction that was aborted; -1 without any. */
    private volatile long lastAbortedOffset;
    /** Why the partition takes no more calls; null while it does. */
    private volatile ErrorCode gone;

    // Guarded by the lock.
    private final PartitionWatches watches = new PartitionWatches();
    private final ReportedAppends appends;
    private final ReportedOpening logOpening;
    private final ProducerChecks producerChecks;
    private final SegmentRolling rolling;

    /** A partition that is opened when it is first used. */
    Partition(Topic topic, TopicPartition name, int leaderEpoch, PartitionContext context) {
        this.topic = topic;
        this.name = name;
        this.leaderEpoch = leaderEpoch;
        this.context = context;
        this.appends = new ReportedAppends(name);
        this.logOpening = new ReportedOpening(name, context);
        this.producerChecks = new ProducerChecks(context);
        this.rolling = new SegmentRolling(name, context.clock());
        this.checkpointing = new Checkpointing(name, lock, context.background());
    }

    /** The partition's name. */
    public TopicPartition name() {
        return name;
    }

    /** The topic that it belongs to, as it is now. */
    public Topic topic() {
        return topic;
    }

    /** The epoch of its leader: what clients are told, and what its batches carry. */
    public int leaderEpoch() {
        return leaderEpoch;
    }

    /** What Kafka says to a client that knows this leader epoch, {@link #NO_EPOCH} for none: mostly NONE. */
    public ErrorCode checkLeaderEpoch(int known) {
        if (known == NO_EPOCH || known == leaderEpoch) {
            return ErrorCode.NONE;
        }
        return known < leaderEpoch ? ErrorCode.FENCED_LEADER_EPOCH : ErrorCode.UNKNOWN_LEADER_EPOCH;
    }

    /** The leader epochs of its log. */
    public LeaderEpochs leaderEpochs() {
        return LeaderEpochs.only(leaderEpoch, startOffset());
    }

    /** Whether the next call that touches the log would open it, and so take long. */
    public boolean needsOpening() {
        return open == null && gone == null;
    }

    /**
     * Opens the log on one of these threads, once for all that ask for it meanwhile; complete when it is open or could
     * not be opened. Whoever then uses the partition tries once more, and is told why not.
     */
    CompletionStage<Void> open(Executor workers) {
        return opening.start(workers, () -> {
            try {
                openLog();
            } catch (BrokerException told) {
                // Logged where it failed, and told to whoever uses the partition next.
            } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, "A bug: opening partition " + name + " failed", e);
            }
        });
    }

    /** The offset of the first record that can be read. */
    public long startOffset() {
        return ask(PartitionLog::startOffset);
    }

    /** {@link PartitionLog#sizeInBytes}. */
    public long sizeInBytes() {
        return ask(PartitionLog::sizeInBytes);
    }

    /** {@link PartitionLog#segments}. */
    public List<LogSegment> segments() {
        return ask(PartitionLog::segments);
    }

    /** How far the log can be read. */
    public LogEnd end() {
        opened();
        return end;
    }

    /**
     * Appends a batch that was checked, unless its producer's sequence numbers say no; who waits for it is told before
     * the call returns. The batch's offset and leader epoch are set in place.
     */
    public PartitionAppend append(RecordBatch batch) {
        return append(batch, TransactionGuard.NOT_NEEDED);
    }

    /** The same for a batch that may begin a transaction, with the guard of its verification. */
    public PartitionAppend append(RecordBatch batch, TransactionGuard guard) {
        return append(batch, guard, Origin.CLIENT, null);
    }

    /**
     * Appends what the broker itself has to say in a producer's transaction: without sequence numbers, so that nothing is
     * a duplicate. The answer is {@link PartitionAppend.Appended} or {@link PartitionAppend.Refused}.
     */
    public PartitionAppend appendOfBroker(RecordBatch batch, TransactionGuard guard) {
        return append(batch, guard, Origin.BROKER, null);
    }

    /**
     * Before records of a producer are verified that may begin a transaction here: the guard with which they are to be
     * appended, {@link TransactionGuard#NOT_NEEDED} when the transaction is open and there is nothing to verify.
     *
     * @param producerBumpsEpochs whether each transaction of the producer has an epoch of its own (version 2)
     * @throws BrokerException also with INVALID_PRODUCER_EPOCH
     */
    public TransactionGuard beginVerification(
            ProducerIdentity producer, int baseSequence, boolean producerBumpsEpochs) {
        lock.lock();
        try {
            return producerChecks.beginVerification(opened(), producer, baseSequence, producerBumpsEpochs);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends a producer's transaction, whether or not there is one: the marker is in the log when the call returns, and the
     * last stable offset has moved. As in Kafka a marker that is there already is written once more. Nothing slow: it
     * appends.
     *
     * @return the marker's offset
     * @throws BrokerException also with INVALID_PRODUCER_EPOCH for an epoch that is too old by the rules of the
     *     marker's transaction version, TRANSACTION_COORDINATOR_FENCED for a coordinator's epoch that is
     */
    public long appendMarker(TransactionMarker marker) {
        TimestampType timestampType = context.settings().apply(topic).timestampType();
        RecordBatch batch = EndTransactionRecord.batchOf(
                marker, timestampType, context.clock().wallClockMillis());
        append(batch, TransactionGuard.NOT_NEEDED, Origin.BROKER, marker);
        return batch.baseOffset();
    }

    /** {@code marker}: what the batch says; null for one of records. */
    private PartitionAppend append(RecordBatch batch, TransactionGuard guard, Origin origin, TransactionMarker marker) {
        return append(batch, guard, origin, marker, AT_THE_END);
    }

    /**
     * Appends a batch as it is, whatever its producer's sequence numbers say, at the base offset that {@code placing} gives it when it is
     * told the log's end: that or a later one. What {@code placing} throws is thrown.
     */
    public void put(RecordBatch batch, LongUnaryOperator placing) {
        append(batch, TransactionGuard.NOT_NEEDED, Origin.TESTER, null, placing);
    }

    private PartitionAppend append(
            RecordBatch batch,
            TransactionGuard guard,
            Origin origin,
            TransactionMarker marker,
            LongUnaryOperator placing) {
        PartitionWatch[] waiting;
        PartitionAppend result;
        LogEnd newEnd;
        lock.lock();
        try {
            OpenPartition opened = opened();
            PartitionAppend refusal = producerChecks.refusal(opened, batch, guard, origin, marker);
            if (refusal != null) {
                return refusal;
            }
            result = appendAndPublish(
                    opened, batch, placing.applyAsLong(opened.log().endOffset()));
            newEnd = end;
            waiting = watches.all();
        } finally {
            lock.unlock();
        }
        for (PartitionWatch watch : waiting) {
            watch.appended(newEnd);
        }
        context.appended().run();
        return result;
    }

    /** The idempotent producers that it remembers, by id. */
    public List<ActiveProducer> producers() {
        lock.lock();
        try {
            return producerChecks.active(opened());
        } finally {
            lock.unlock();
        }
    }

    private Appended appendAndPublish(OpenPartition opened, RecordBatch batch, long baseOffset) {
        PartitionLog log = opened.log();
        batch.assign(baseOffset, leaderEpoch);
        rolling.before(batch, log, context.settings().apply(topic));
        appends.append(log, batch.bytes());
        rolling.after(batch, log);
        AbortedTransaction aborted = opened.producers()
                .appended(batch, batch.hasProducer() ? context.clock().wallClockMillis() : 0);
        if (aborted != null) {
            // Before the end is published: who may read the records finds the transaction.
            log.addAborted(aborted);
            lastAbortedOffset = aborted.lastOffset();
        }
        end = StableEnd.appended(end, opened, batch.sizeInBytes());
        checkpointing.appended(opened, end);
        return new Appended(baseOffset, log.startOffset());
    }

    /** Whether a transaction was aborted whose marker lies at this offset or behind it. Costs nothing. */
    public boolean hasAbortedFrom(long offset) {
        return offset <= lastAbortedOffset;
    }

    /** {@link PartitionLog#aborted}, without a lock. */
    public List<AbortedTransaction> aborted(long offset, long end) {
        return ask(log -> log.aborted(offset, end));
    }

    /** Reads whole batches without taking a lock; {@link PartitionLog#read} has the rules. */
    public LogRead read(long offset, ReadLimit limit) {
        LogRead read = ask(log -> log.read(offset, limit));
        read.damage().ifPresent(damage -> context.damaged().accept(name, damage));
        return read;
    }

    /**
     * Deletes the records before an offset, at most the high watermark, and waits for the disk. What they tell of
     * their producers is kept by a checkpoint first, since it cannot be read from the log any more.
     */
    public void deleteBefore(long offset) {
        removeBefore(offset).run();
    }

    /** The same, but that the space is given back by the action that it returns; see {@link PartitionLog#removeBefore}. */
    public Runnable removeBefore(long offset) {
        OpenPartition opened = opened();
        if (offset <= opened.log().startOffset()) {
            return () -> {};
        }
        try {
            checkpointing.upTo(offset, opened, this::refuseWhenGone);
            Runnable freeing = opened.log().removeBefore(offset);
            publishStart(opened);
            return freeing;
        } catch (BrokerException e) {
            refuseWhenGone();
            throw e;
        }
    }

    /** An open transaction, whose first records may be gone now, does not hold the last stable offset below the start. */
    private void publishStart(OpenPartition opened) {
        lock.lock();
        try {
            refuseWhenGone();
            end = StableEnd.deleted(end, opened);
        } finally {
            lock.unlock();
        }
        context.startMoved().run();
    }

    /** For its compaction: the segments of its log, to look at and to replace. */
    public PartitionSegments replaceableSegments() {
        return new PartitionSegments(this);
    }

    /** {@link PartitionLog#firstBatchAtOrAfter}. */
    public OptionalLong firstBatchAtOrAfter(long timestamp, long offset) {
        return ask(log -> log.firstBatchAtOrAfter(timestamp, offset));
    }

    /** {@link PartitionLog#batchWithLatestTimestamp}. */
    public OptionalLong batchWithLatestTimestamp(long offset) {
        return ask(log -> log.batchWithLatestTimestamp(offset));
    }

    /** Tells {@code watch} of every append from now on, and at once how far the log reaches, or that it is gone. */
    public void watch(PartitionWatch watch) {
        lock.lock();
        try {
            if (gone == null) {
                watches.add(watch);
            }
        } finally {
            lock.unlock();
        }
        if (gone != null) {
            watch.gone();
        } else if (end != null) {
            watch.appended(end);
        }
    }

    /** Ends what {@link #watch} began; does nothing when it has ended. */
    public void unwatch(PartitionWatch watch) {
        lock.lock();
        try {
            watches.remove(watch);
        } finally {
            lock.unlock();
        }
    }

    /** How many wait for this partition to grow. */
    int watchCount() {
        lock.lock();
        try {
            return watches.count();
        } finally {
            lock.unlock();
        }
    }

    /** The topic's configs or its number of partitions have changed. */
    void topicChanged(Topic changed) {
        topic = changed;
    }

    /** The partition is deleted: it takes no more calls. Its log is left to who deletes it, and no file is touched. */
    void delete() {
        // Without the lock, which an opening holds for long. Who waits for more has the partition open.
        gone = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
        if (open != null) {
            endWatches(checkpointing::closed);
        }
    }

    /** The broker stops: takes a checkpoint where there is something new, and closes the log. */
    void close() {
        close(true);
    }

    /** Nobody will read the log again: closes it as it is. */
    void abandon() {
        close(false);
    }

    private void close(boolean withCheckpoint) {
        if (gone != null) {
            return;
        }
        endWatches(() -> {
            if (open != null && withCheckpoint) {
                checkpointing.stopping(open, end);
            }
            checkpointing.closed();
            // Said before the log closes: whoever finds it closed can then tell why, which is no failure of the disk.
            gone = ErrorCode.NOT_LEADER_OR_FOLLOWER;
        });
        if (open != null) {
            close(open.log());
        }
    }

    /** Does something under the lock after which nobody can wait any more, and tells those that did. */
    private void endWatches(Runnable last) {
        PartitionWatch[] waiting;
        lock.lock();
        try {
            last.run();
            waiting = watches.removeAll();
        } finally {
            lock.unlock();
        }
        for (PartitionWatch watch : waiting) {
            watch.gone();
        }
    }

    /** The partition is gone, whether its files close or not. */
    private void close(PartitionLog log) {
        try {
            log.close();
        } catch (BrokerException e) {
            LOG.log(Level.WARNING, "The log of partition " + name + " did not close: " + e.getMessage());
        }
    }

    /** Keeps appends away until {@link #letGo}. */
    void hold() {
        lock.lock();
    }

    /** Ends {@link #hold}. */
    void letGo() {
        lock.unlock();
    }

    /** Where the log ends, while it is held; -1 when it is not open. */
    long heldEnd() {
        return open == null ? -1 : open.log().endOffset();
    }

    /** Does something with the log and its producers under the lock, which others wait for meanwhile. */
    <T> T locked(Function<OpenPartition, T> action) {
        lock.lock();
        try {
            return action.apply(opened());
        } finally {
            lock.unlock();
        }
    }

    /** {@link PartitionSegments#lastBatches}. */
    Map<Long, LastBatch> lastBatches() {
        return locked(producerChecks::lastBatches);
    }

    /** Takes a checkpoint unless the last one reaches this offset, and waits for the disk. */
    public void checkpointUpTo(long offset) {
        checkpointing.upTo(offset, opened(), this::refuseWhenGone);
    }

    /** Asks the log without a lock: that it was closed meanwhile is told as what it means to the partition. */
    <T> T ask(Function<PartitionLog, T> question) {
        OpenPartition opened = opened();
        try {
            return question.apply(opened.log());
        } catch (BrokerException e) {
            refuseWhenGone();
            throw e;
        }
    }

    private OpenPartition opened() {
        OpenPartition opened = open;
        if (opened == null) {
            opened = openLog();
        }
        refuseWhenGone();
        return opened;
    }

    private OpenPartition openLog() {
        lock.lock();
        try {
            refuseWhenGone();
            if (open == null) {
                OpenPartition opened = logOpening.open(topic);
                end = StableEnd.opened(opened);
                lastAbortedOffset = opened.lastAbortedOffset();
                checkpointing.opened(opened);
                rolling.opened(opened.log());
                open = opened;
            }
            return open;
        } finally {
            lock.unlock();
        }
    }

    private void refuseWhenGone() {
        ErrorCode reason = gone;
        if (reason != null) {
            throw new BrokerException(reason, "Partition " + name + " is not here any more.");
        }
    }
}
