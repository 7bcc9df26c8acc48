package io.strikemq.domain.port.out;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.log.AbortedTransaction;
import io.strikemq.domain.log.LogCheckpoint;
import io.strikemq.domain.log.LogRead;
import io.strikemq.domain.log.LogSegment;
import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.log.ReadLimit;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The record batches of one partition, in offset order, in message format v2.
 *
 * <p>Storage is dumb: it keeps whole batches, finds them, and knows of a batch only what its header says. What knows an
 * error code, a producer or a group lives above it.
 *
 * <p>Threading: one thread at a time appends, checkpoints or closes (the caller holds the partition's lock); any number
 * of threads read meanwhile, without a lock, and see every append that returned before their read began. A read of
 * what is deleted at the same moment finds it or is told that it lies below the start.
 *
 * <p>Errors: what fails in the file system is a {@link BrokerException} with {@code KAFKA_STORAGE_ERROR}. After it the
 * log is as it was before the call, and the next call may succeed (there may be room on the disk again). Only when
 * bytes could not be made durable that were written before, appends and checkpoints fail from then on until the log is
 * opened again, which reads them back. A log that was closed or deleted answers the same to whoever still holds it, at any moment; a read that found its bytes keeps them.
 */
public interface PartitionLog extends AutoCloseable {
    /** The offset of the first record that may still be read. */
    long startOffset();

    /** The offset that the next record gets. */
    long endOffset();

    /** How many bytes the batches take that are stored, deleted ones included whose space is not free yet. */
    long sizeInBytes();

    /**
     * Appends whole v2 batches, from the buffer's position to its limit, whose offsets are already set: the first base
     * offset is at least {@link #endOffset()}, each next one beyond the last offset of the one before.
     *
     * <p>All of it is appended or nothing. The bytes are copied once; the buffer may be reused after the call, its
     * position is unchanged. When the call returned, the bytes survive the death of the process.
     */
    void append(ByteBuffer batches);

    /** From the next append on the log is kept like this. Not beside appends. */
    void configure(LogSettings settings);

    /** The next append begins a segment. Nothing slow; a process that dies before that append forgets it. Not beside appends. */
    void rollSegment();

    /** The base offset of the segment that the next append goes on with, as far as it has room; empty if it begins one. */
    OptionalLong activeSegment();

    /** All segments, in the order of their offsets. May touch files. */
    List<LogSegment> segments();

    /**
     * Reads batches from the one that contains {@code offset}, or the first one after it, in offset order. They are
     * whole, but for the last one where the limit says so.
     *
     * <p>Of bytes that are damaged, storage notices what keeps it from finding batches; the CRC is for the reader to
     * check.
     *
     * <p>An {@code offset} equal to {@link #endOffset()} finds an empty slice.
     */
    LogRead read(long offset, ReadLimit limit);

    /**
     * The base offset of the first batch whose max timestamp is at least {@code timestamp}, in ms, from the batch on
     * that contains {@code offset}, or the start offset if that is larger; empty if there is none.
     */
    OptionalLong firstBatchAtOrAfter(long timestamp, long offset);

    /**
     * The base offset of the first of the batches with the largest max timestamp, from the batch on that contains
     * {@code offset}, or the start offset if that is larger; empty if there is none.
     */
    OptionalLong batchWithLatestTimestamp(long offset);

    /**
     * Makes {@code offset} the start offset, unless it is below it already: records before it are gone, for good, also
     * when the process dies after the call. Of a batch that contains the offset only the records are gone; reads still
     * find it whole. What lies wholly before the offset gives its space back, at the granularity of the storage, or,
     * for bytes that a reader still holds, when that reader releases them.
     *
     * <p>The offset is at most {@link #endOffset()}. May be called from any thread, beside appends.
     */
    default void deleteBefore(long offset) {
        removeBefore(offset).run();
    }

    /**
     * The same in two steps: the records are gone when the call returned, and the action that it returns gives the space
     * back. It may run at any time, on any thread that may wait; if it never does, or the log is closed by then, the next opening gives it
     * back.
     */
    Runnable removeBefore(long offset);

    /**
     * Begins a segment that is to take the place of some that nothing is appended to any more, one at a time for a log.
     *
     * @param baseOffset that of the first of them
     */
    SegmentReplacement replaceFrom(long baseOffset);

    /** Before this offset the log was compacted; 0 if it never was, or if what was remembered is damaged. */
    long compactedTo();

    /**
     * Remembers this durably. At most the end offset; forgotten by an opening that finds the log's end before it. May be
     * called from any thread that may wait, beside appends.
     */
    void compactedTo(long offset);

    /**
     * Adds to the index of aborted transactions one whose marker was appended. They come in the order of their markers;
     * one that is not behind the last one is there already. Touches no file: the index is kept by the checkpoint, and
     * after an opening the owner adds again what lies behind that. Not beside other appends.
     */
    void addAborted(AbortedTransaction transaction);

    /**
     * The aborted transactions that may have records from {@code offset} on and before {@code end}: their markers lie at
     * or behind the one, their first offsets before the other. In the order of their markers.
     */
    List<AbortedTransaction> aborted(long offset, long end);

    /**
     * Whether the index had all transactions that were aborted before the last checkpoint when the log was opened. If
     * not, it was lost and is empty; then the owner adds again what the whole log says.
     */
    boolean knewAborted();

    /** The last checkpoint that was taken; its end offset is never beyond {@link #endOffset()}. */
    Optional<LogCheckpoint> lastCheckpoint();

    /**
     * Makes all that was appended durable against a power loss, and remembers {@code state} (opaque, copied) with the
     * current end offset, and which transactions were aborted up to there. The next opening reads only what came after the last checkpoint.
     */
    default void checkpoint(ByteBuffer state) {
        prepareCheckpoint(state).run();
    }

    /**
     * The same in two steps, since durability takes long: notes the current end offset and {@code state} without any
     * I/O, and returns the action that makes the checkpoint. It may run on any thread, beside appends, and fails as the
     * other methods do; does nothing when the log has been closed or checkpointed further meanwhile.
     */
    Runnable prepareCheckpoint(ByteBuffer state);

    /** Closes the log without a checkpoint; slices that are still held stay readable until released. Idempotent. */
    @Override
    void close();
}
