package io.strikemq.adapter.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.FetchQuery;
import io.strikemq.domain.fetch.FetchQuery.PartitionQuery;
import io.strikemq.domain.fetch.FetchQuery.SessionRef;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.fetch.IsolationLevel;
import io.strikemq.domain.fetch.PartitionFetched;
import io.strikemq.domain.record.MessageFormat;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordBatches;
import io.strikemq.domain.record.RecordCursor;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.topic.TopicRef;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Writes the messages of one partition, piece by piece of its log, so that memory does not grow with the topic.
 *
 * <p>It ends early, after a whole message, once it has taken {@link #MAX_ANSWER_BYTES} out of the log: the rest is one
 * more call away, as with a fetch. Made for one request.
 */
final class PartitionPeek {
    /** After how many bytes of keys, values and headers an answer ends; its first message comes whatever its size. */
    static final int MAX_ANSWER_BYTES = 16 << 20;
    /** As much as Kafka's consumers take from a partition at a time. */
    private static final int FETCH_BYTES = 1 << 20;

    private final Function<FetchQuery, FetchResult> fetch;
    private final Supplier<PartitionRange> range;
    private final RecordReader reader;
    private final String topic;
    private final int partition;
    private long next;
    private int left;
    private boolean hasSome;
    private long bytesLeft = MAX_ANSWER_BYTES;

    PartitionPeek(
            Function<FetchQuery, FetchResult> fetch,
            Supplier<PartitionRange> range,
            RecordReader reader,
            String topic,
            int partition) {
        this.fetch = fetch;
        this.range = range;
        this.reader = reader;
        this.topic = topic;
        this.partition = partition;
    }

    /** Writes up to {@code limit} messages from {@code offset} on, or from the log's start where that is later. */
    void write(JsonGenerator json, long offset, int limit) throws IOException {
        PartitionRange held = range.get();
        next = Math.max(offset, held.startOffset());
        left = limit;
        boolean more = next < held.endOffset();
        while (more && wantsMore()) {
            more = writePiece(json);
        }
    }

    private boolean wantsMore() {
        return left > 0 && bytesLeft > 0;
    }

    /** One fetch; false when there is nothing to be had from there on. */
    private boolean writePiece(JsonGenerator json) throws IOException {
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
            return writeWhole(json, fetched.records().buffers());
        } finally {
            result.release();
        }
    }

    private boolean writeWhole(JsonGenerator json, List<ByteBuffer> buffers) throws IOException {
        long from = next;
        for (ByteBuffer buffer : buffers) {
            List<RecordBatch> whole = RecordBatches.wholeIn(buffer);
            writeBatches(json, whole);
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
        if (hasSome) {
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
                IsolationLevel.READ_UNCOMMITTED,
                SessionRef.NONE,
                List.of(wanted),
                List.of(),
                MessageFormat.V2);
    }

    private void writeBatches(JsonGenerator json, List<RecordBatch> batches) throws IOException {
        for (RecordBatch batch : batches) {
            if (!wantsMore()) {
                return;
            }
            long after = batch.lastOffset() + 1;
            if (after > next && !batch.isControl()) {
                writeRecords(json, batch);
            }
            next = Math.max(next, after);
        }
    }

    private void writeRecords(JsonGenerator json, RecordBatch batch) throws IOException {
        try {
            RecordCursor record = reader.open(batch);
            while (wantsMore() && record.next()) {
                if (record.offset() >= next) {
                    bytesLeft -= MessageJson.write(json, record.record());
                    left--;
                    hasSome = true;
                }
            }
        } catch (BrokerException e) {
            String where = topic + "-" + partition + " at offset " + batch.baseOffset();
            throw new BrokerException(
                    ErrorCode.CORRUPT_MESSAGE, "the batch of " + where + " cannot be read: " + e.getMessage(), e);
        }
    }
}
