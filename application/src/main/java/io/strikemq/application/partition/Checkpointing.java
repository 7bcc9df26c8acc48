package io.strikemq.application.partition;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.topic.TopicPartition;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;

/**
 * Decides when a partition takes a checkpoint: in the background after so many bytes, before records are deleted that it
 * does not cover, and when the broker stops. A checkpoint that fails loses nothing; only the next start has more to read.
 *
 * <p>Threading: its methods but {@link #upTo} are called under the partition's lock, which the background takes for the
 * end of its work.
 */
final class Checkpointing {
    private static final Logger LOG = System.getLogger(Checkpointing.class.getName());
    /** After a kill -9 no more than this must be read again. */
    private static final long BYTES_BETWEEN = 64L << 20;

    private final TopicPartition partition;
    private final Lock lock;
    private final Executor background;

    // Guarded by the lock.
    private long bytesAtLast;
    private long endOffsetAtLast;
    private boolean runs;
    /** Whether the last one failed, which was told. */
    private boolean fails;

    private boolean closed;

    Checkpointing(TopicPartition partition, Lock lock, Executor background) {
        this.partition = partition;
        this.lock = lock;
        this.background = background;
    }

    /** The log was opened. */
    void opened(OpenPartition open) {
        endOffsetAtLast =
                open.log().lastCheckpoint().map(point -> point.endOffset()).orElse(0L);
    }

    /** The log has grown to {@code end}: starts a checkpoint in the background if it is time. */
    void appended(OpenPartition open, LogEnd end) {
        if (!runs && end.bytes() - bytesAtLast >= BYTES_BETWEEN) {
            start(open, end);
        }
    }

    /**
     * Takes a checkpoint now, unless the last one reaches this offset; the lock, which it takes itself, is held while
     * {@code check} may refuse and the checkpoint is prepared, not while it is written.
     */
    void upTo(long offset, OpenPartition open, Runnable check) {
        if (open.log()
                .lastCheckpoint()
                .filter(last -> last.endOffset() >= offset)
                .isPresent()) {
            return;
        }
        Runnable checkpoint;
        lock.lock();
        try {
            check.run();
            checkpoint = open.log().prepareCheckpoint(open.producers().snapshot());
        } finally {
            lock.unlock();
        }
        checkpoint.run();
    }

    /** The broker stops: takes a checkpoint now if there is anything new. */
    void stopping(OpenPartition open, LogEnd end) {
        if (end.highWatermark() == endOffsetAtLast) {
            return;
        }
        try {
            open.log().checkpoint(open.producers().snapshot());
        } catch (RuntimeException e) {
            fails = false;
            failed(e);
        }
    }

    /** The log is closed: a checkpoint that still runs may fail without a word. */
    void closed() {
        closed = true;
    }

    /** Forcing 64 MB to disk takes a tenth of a second, which nobody who produces shall wait for. */
    private void start(OpenPartition open, LogEnd end) {
        bytesAtLast = end.bytes();
        runs = true;
        try {
            Runnable checkpoint = open.log().prepareCheckpoint(open.producers().snapshot());
            background.execute(() -> run(checkpoint, end.highWatermark()));
        } catch (RuntimeException e) {
            runs = false;
            failed(e);
        }
    }

    /** Whatever goes wrong, the next one is tried when it is due. */
    private void run(Runnable checkpoint, long endOffset) {
        Throwable failure = null;
        try {
            checkpoint.run();
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        lock.lock();
        try {
            runs = false;
            if (failure == null) {
                fails = false;
                endOffsetAtLast = Math.max(endOffsetAtLast, endOffset);
            } else if (!closed) {
                failed(failure);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Says it when it begins, not at each further try. */
    private void failed(Throwable reason) {
        if (!fails) {
            fails = true;
            String said = "No checkpoint of partition " + partition + ": " + reason.getMessage();
            if (reason instanceof BrokerException) {
                LOG.log(Level.WARNING, said);
            } else {
                LOG.log(Level.ERROR, said, reason);
            }
        }
    }
}
