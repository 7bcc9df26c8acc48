package io.strikemq.adapter.rest;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.AbortedRecords;
import io.strikemq.domain.fetch.FetchQuery;
import io.strikemq.domain.fetch.FetchQuery.PartitionQuery;
import io.strikemq.domain.fetch.FetchQuery.SessionRef;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.fetch.IsolationLevel;
import io.strikemq.domain.fetch.PartitionFetched;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.record.MessageFormat;
import io.strikemq.domain.record.Record;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordBatches;
import io.strikemq.domain.record.RecordCursor;
import io.strikemq.domain.topic.TopicRef;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Tells the messages of one partition as a JSON array, piece by piece of its log, so that memory does not grow with the
 * answer. Made for one request.
 *
 * <p>The answer ends early, after a whole message, once it has taken {@link #MAX_ANSWER_BYTES} out of the log, and
 * before a message that cannot be had once a piece has left: the rest, or the reason, is one more call away.
 */
final class PartitionPeek implements Answer.InPieces {
    /** After how many bytes of keys, values and headers an answer ends; its first message comes whatever its size. */
    static final int MAX_ANSWER_BYTES = 16 << 20;

    /** After how many bytes of JSON a piece ends. This is what waits in memory for a slow client. */
    private static final int PIECE_BYTES = 1 << 20;
    /** As much as Kafka's consumers take from a partition at a time. */
    private static final int FETCH_BYTES = 1 << 20;
    /** A message is text, JSON and bytes for a moment. */
    private static final int BYTES_WHILE_WRITING = 4;

    private final Function<FetchQuery, FetchResult> fetch;
    private final Supplier<PartitionRange> range;
    private final IsolationLevel isolation;
    private final CompressionCodecs codecs;
    private final MemoryBudget.Share memory;
    private final String topic;
    private final int partition;
    private final BudgetedBytes piece;
    private boolean piecesSent;
    private boolean anyMessage;
    private boolean ended;
    private long next;
    private int left;
    private long bytesLeft = MAX_ANSWER_BYTES;

    /** Peeks at up to {@code limit} messages from {@code offset} on, or from the log's start where that is later. */
    PartitionPeek(PeekSource source, MemoryBudget.Share memory, String topic, int partition, long offset, int limit) {
        this.fetch = source.fetch();
        this.range = source.range();
        this.isolation = source.isolation();
        this.codecs = source.codecs();
        this.memory = memory;
        this.piece = new BudgetedBytes(memory);
        this.topic = topic;
        this.partition = partition;
        this.next = offset;
        this.left = limit;
    }

    /** Where messages come from: fetches, the offsets that may be seen now, how so, and what opens batches. */
    record PeekSource(
            Function<FetchQuery, FetchResult> fetch,
            Supplier<PartitionRange> range,
            IsolationLevel isolation,
            CompressionCodecs codecs) {}

    @Override
    public ByteBuffer next() {
        piece.cutTo(0);
        try {
            fill();
        } catch (BrokerException | Refusal e) {
            if (!piecesSent) {
                throw e;
            }
            ended = true;
        }
        if (ended) {
            writeEnd();
        }
        piecesSent = true;
        return piece.written();
    }

    @Override
    public boolean hasMore() {
        return !ended;
    }

    private void fill() {
        PartitionRange held = range.get();
        next = Math.max(next, held.startOffset());
        boolean more = next < held.endOffset();
        while (more && wantsMore() && hasRoom()) {
            more = readOn();
        }
        ended = !more || !wantsMore();
    }

    private void writeEnd() {
        if (!anyMessage) {
            piece.write('[');
        }
        piece.write(']');
    }

    private boolean wantsMore() {
        return left > 0 && bytesLeft > 0;
    }

    private boolean hasRoom() {
        return piece.size() < PIECE_BYTES;
    }

    /** One fetch; false when there is nothing to be had from there on. */
    private boolean readOn() {
        FetchResult result = fetch.apply(query());
        try {
            Failures.check(result.error(), null, "the messages of " + topic + "-" + partition + " cannot be read");
            PartitionFetched fetched = result.partitions().get(0);
            if (fetched.error() == ErrorCode.OFFSET_OUT_OF_RANGE) {
                return skipWhatWasTrimmed();
            }
            if (fetched.error() == ErrorCode.CORRUPT_MESSAGE) {
                return endAtDamage();
            }
            Failures.check(fetched.error(), null, "the messages of " + topic + "-" + partition + " cannot be read");
            return writeWhole(fetched.records().buffers(), new AbortedRecords(fetched.aborted()));
        } finally {
            result.release();
        }
    }

    private boolean writeWhole(List<ByteBuffer> buffers, AbortedRecords aborted) {
        long from = next;
        for (ByteBuffer buffer : buffers) {
            List<RecordBatch> whole = RecordBatches.wholeIn(buffer);
            writeBatches(whole, aborted);
            boolean isDamaged =
                    whole.stream().mapToInt(RecordBatch::sizeInBytes).sum() < buffer.remaining();
            if (isDamaged) {
                return next > from || endAtDamage();
            }
        }
        return next > from;
    }

    /** The messages before the damage are an answer; it is an error to ask for those that it took. */
    private boolean endAtDamage() {
        if (anyMessage) {
            return false;
        }
        throw new BrokerException(
                ErrorCode.CORRUPT_MESSAGE,
                "the messages of " + topic + "-" + partition + " from offset " + next
                        + " on are damaged on disk: the broker's log says how many, later offsets can be read");
    }

    /** The log's start may have moved on since it was asked for. */
    private boolean skipWhatWasTrimmed() {
        long start = range.get().startOffset();
        boolean moved = start > next;
        next = Math.max(next, start);
        return moved;
    }

    private FetchQuery query() {
        PartitionQuery wanted = new PartitionQuery(TopicRef.byName(topic), partition, -1, next, -1, -1, FETCH_BYTES);
        return new FetchQuery(
                Duration.ZERO,
                0,
                FETCH_BYTES,
                isolation,
                SessionRef.NONE,
                List.of(wanted),
                List.of(),
                MessageFormat.V2,
                FetchQuery.CONSUMER);
    }

    private void writeBatches(List<RecordBatch> batches, AbortedRecords aborted) {
        for (RecordBatch batch : batches) {
            if (!wantsMore() || !hasRoom()) {
                return;
            }
            long after = batch.lastOffset() + 1;
            boolean isHidden = aborted.hides(batch) || batch.isControl();
            if (after <= next) {
                continue;
            }
            if (isHidden || writeRecords(batch)) {
                next = after;
            }
        }
    }

    /** Writes the batch's records from {@code next} on; false when some are left. */
    private boolean writeRecords(RecordBatch batch) {
        try (OpenBatch opened = OpenBatch.open(batch, codecs, memory)) {
            RecordCursor records = opened.records();
            while (wantsMore() && hasRoom()) {
                if (!records.next()) {
                    return true;
                }
                if (records.offset() >= next) {
                    write(records.record());
                    next = records.offset() + 1;
                }
            }
            return false;
        } catch (BrokerException e) {
            String where = topic + "-" + partition + " at offset " + batch.baseOffset();
            throw new BrokerException(
                    ErrorCode.CORRUPT_MESSAGE, "the batch of " + where + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void write(Record message) {
        long size = ShownMessage.sizeOf(message);
        memory.take(BYTES_WHILE_WRITING * size);
        int before = piece.size();
        try {
            piece.write(anyMessage ? ',' : '[');
            Json.write(piece, ShownMessage.of(message));
        } catch (Refusal noMemory) {
            piece.cutTo(before);
            throw noMemory;
        } finally {
            memory.give(BYTES_WHILE_WRITING * size);
        }
        anyMessage = true;
        bytesLeft -= size;
        left--;
    }
}
