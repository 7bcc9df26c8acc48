package io.strikemq.application;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.AbortedTransaction;
import io.strikemq.domain.log.LogCheckpoint;
import io.strikemq.domain.log.LogRead;
import io.strikemq.domain.log.LogSegment;
import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.log.LogSlice;
import io.strikemq.domain.log.LogVolume;
import io.strikemq.domain.log.ReadLimit;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.port.out.PartitionLogs;
import io.strikemq.domain.port.out.SegmentReplacement;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordBatches;
import io.strikemq.domain.topic.TopicIdPartition;
import io.strikemq.domain.topic.TopicPartition;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Logs that count what is asked of them and which slices are still held, and that fail when told to. */
public final class WatchedLogs implements PartitionLogs {
    private final PartitionLogs logs;
    private final Set<TopicPartition> opened = new HashSet<>();
    private final Queue<PartitionLog> open = new ConcurrentLinkedQueue<>();
    private final AtomicInteger heldSlices = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger checkpoints = new AtomicInteger();
    private final AtomicReference<Runnable> beforeRead = new AtomicReference<>(() -> {});
    private final AtomicReference<Runnable> duringCheckpoint = new AtomicReference<>(() -> {});
    private final AtomicReference<Runnable> afterClose = new AtomicReference<>(() -> {});
    private final AtomicReference<Runnable> beforeOpening = new AtomicReference<>(() -> {});
    private final Set<TopicPartition> undeletable = new HashSet<>();
    private volatile Supplier<RuntimeException> failure;
    private volatile Runnable beforeEachCall = () -> {};
    private volatile Runnable aroundAppends = () -> {};
    private volatile OffsetsLost lost;

    private volatile WrongOffset wrong;

    private record OffsetsLost(long from, long next) {}

    private record WrongOffset(long baseOffset, long told) {}

    public WatchedLogs(PartitionLogs logs) {
        this.logs = logs;
    }

    /** The partitions whose logs were opened. */
    public Set<TopicPartition> opened() {
        return opened;
    }

    /** How many slices with bytes were not released yet. */
    public int heldSlices() {
        return heldSlices.get();
    }

    /** How often a log was read. */
    public int reads() {
        return reads.get();
    }

    /** How many checkpoints were taken. */
    public int checkpoints() {
        return checkpoints.get();
    }

    /** From now on appends fail, as on a full disk. */
    public void fillDisk() {
        failWith(() -> new BrokerException(ErrorCode.KAFKA_STORAGE_ERROR, "no space left on device"));
    }

    /** From now on appends fail like this. */
    public void failWith(Supplier<RuntimeException> how) {
        failure = how;
    }

    /** From now on appends succeed again. */
    public void repair() {
        failure = null;
    }

    /** From now on these offsets cannot be read, up to and without {@code next}. */
    public void damage(long from, long next) {
        lost = new OffsetsLost(from, next);
    }

    /** From now on the batch that begins at an offset tells another one, under a CRC that is right. */
    public void damageOffset(long baseOffset, long told) {
        wrong = new WrongOffset(baseOffset, told);
    }

    /** Does something in every checkpoint from now on. */
    public void duringCheckpoints(Runnable action) {
        duringCheckpoint.set(action);
    }

    /** Does something right before the next read. */
    public void beforeNextRead(Runnable action) {
        beforeRead.set(action);
    }

    /** Does something, or throws, before each look at a log or read of it from now on. */
    public void beforeEachCall(Runnable action) {
        beforeEachCall = action;
    }

    /** Does something, or throws, before each append of batches and of aborted transactions from now on, and after it. */
    public void aroundAppends(Runnable action) {
        aroundAppends = action;
    }

    /** Does something once, right after the next log has closed or is deleted, in the midst of the call that does it. */
    public void afterNextClose(Runnable action) {
        afterClose.set(action);
    }

    /** Does something once, right before the next log is opened; what it throws keeps it from being opened. */
    public void beforeNextOpening(Runnable action) {
        beforeOpening.set(action);
    }

    /** Closes all logs as they are, as when the process dies. */
    public void kill() {
        open.forEach(PartitionLog::close);
        open.clear();
    }

    /** From now on the log of this partition cannot be deleted. */
    public void failToDelete(TopicPartition partition) {
        undeletable.add(partition);
    }

    @Override
    public PartitionLog open(TopicIdPartition partition, LogSettings settings) {
        beforeOpening.getAndSet(() -> {}).run();
        opened.add(partition.topicPartition());
        PartitionLog log = logs.open(partition, settings);
        open.add(log);
        return new WatchedLog(log);
    }

    @Override
    public void delete(TopicIdPartition partition) {
        if (undeletable.contains(partition.topicPartition())) {
            throw new BrokerException(ErrorCode.KAFKA_STORAGE_ERROR, "cannot delete the log of " + partition);
        }
        logs.delete(partition);
        afterClose.getAndSet(() -> {}).run();
    }

    @Override
    public boolean contains(TopicIdPartition partition) {
        return logs.contains(partition);
    }

    @Override
    public LogVolume volume() {
        return logs.volume();
    }

    private final class WatchedLog implements PartitionLog {
        private final PartitionLog log;

        WatchedLog(PartitionLog log) {
            this.log = log;
        }

        @Override
        public long startOffset() {
            beforeEachCall.run();
            return log.startOffset();
        }

        @Override
        public long endOffset() {
            return log.endOffset();
        }

        @Override
        public long sizeInBytes() {
            if (failure != null) {
                throw failure.get();
            }
            return log.sizeInBytes();
        }

        @Override
        public void append(ByteBuffer batches) {
            if (failure != null) {
                throw failure.get();
            }
            aroundAppends.run();
            log.append(batches);
            aroundAppends.run();
        }

        @Override
        public void addAborted(AbortedTransaction transaction) {
            aroundAppends.run();
            log.addAborted(transaction);
            aroundAppends.run();
        }

        @Override
        public List<AbortedTransaction> aborted(long offset, long end) {
            return log.aborted(offset, end);
        }

        @Override
        public boolean knewAborted() {
            return log.knewAborted();
        }

        @Override
        public LogRead read(long offset, ReadLimit limit) {
            beforeEachCall.run();
            reads.incrementAndGet();
            Runnable first = beforeRead.getAndSet(() -> {});
            first.run();
            OffsetsLost damage = lost;
            if (damage != null && offset >= damage.from() && offset < damage.next()) {
                return new LogRead.Damaged(damage.next(), "a disk has lost it");
            }
            boolean endsAtDamage = damage != null && offset < damage.from() && limit.maxOffset() > damage.from();
            ReadLimit possible =
                    endsAtDamage ? new ReadLimit(damage.from(), limit.maxBytes(), limit.firstBatch()) : limit;
            LogRead read = log.read(offset, possible);
            return read instanceof LogRead.Found found && found.slice().sizeInBytes() > 0
                    ? new LogRead.Found(new HeldSlice(found.slice()))
                    : read;
        }

        @Override
        public OptionalLong firstBatchAtOrAfter(long timestamp, long offset) {
            return log.firstBatchAtOrAfter(timestamp, offset);
        }

        @Override
        public OptionalLong batchWithLatestTimestamp(long offset) {
            return log.batchWithLatestTimestamp(offset);
        }

        @Override
        public SegmentReplacement replaceFrom(long baseOffset) {
            return log.replaceFrom(baseOffset);
        }

        @Override
        public long compactedTo() {
            return log.compactedTo();
        }

        @Override
        public void compactedTo(long offset) {
            log.compactedTo(offset);
        }

        @Override
        public Runnable removeBefore(long offset) {
            return log.removeBefore(offset);
        }

        @Override
        public void configure(LogSettings settings) {
            log.configure(settings);
        }

        @Override
        public void rollSegment() {
            log.rollSegment();
        }

        @Override
        public OptionalLong activeSegment() {
            return log.activeSegment();
        }

        @Override
        public List<LogSegment> segments() {
            return log.segments();
        }

        @Override
        public Optional<LogCheckpoint> lastCheckpoint() {
            return log.lastCheckpoint();
        }

        @Override
        public Runnable prepareCheckpoint(ByteBuffer state) {
            Runnable prepared = log.prepareCheckpoint(state);
            return () -> {
                if (failure != null) {
                    throw failure.get();
                }
                duringCheckpoint.get().run();
                checkpoints.incrementAndGet();
                prepared.run();
            };
        }

        @Override
        public void close() {
            log.close();
            afterClose.getAndSet(() -> {}).run();
        }
    }

    private ByteBuffer damaged(ByteBuffer batches) {
        ByteBuffer copy = ByteBuffer.allocate(batches.remaining())
                .put(batches.duplicate())
                .flip();
        int at = 0;
        for (RecordBatch batch : RecordBatches.wholeIn(batches)) {
            if (batch.baseOffset() == wrong.baseOffset()) {
                copy.putLong(at, wrong.told());
            }
            at += batch.sizeInBytes();
        }
        return copy.asReadOnlyBuffer();
    }

    private final class HeldSlice implements LogSlice {
        private final LogSlice slice;
        private boolean released;

        HeldSlice(LogSlice slice) {
            this.slice = slice;
            heldSlices.incrementAndGet();
        }

        @Override
        public List<ByteBuffer> buffers() {
            return wrong == null
                    ? slice.buffers()
                    : slice.buffers().stream().map(WatchedLogs.this::damaged).toList();
        }

        @Override
        public int sizeInBytes() {
            return slice.sizeInBytes();
        }

        @Override
        public synchronized void release() {
            if (!released) {
                released = true;
                heldSlices.decrementAndGet();
                slice.release();
            }
        }
    }
}
