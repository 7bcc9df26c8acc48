package io.strikemq.application.put;

import io.strikemq.application.partition.LogEnd;
import io.strikemq.application.partition.Partition;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.AbortedRecords;
import io.strikemq.domain.fetch.FetchQuery;
import io.strikemq.domain.fetch.FetchQuery.PartitionQuery;
import io.strikemq.domain.fetch.FetchQuery.SessionRef;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.fetch.IsolationLevel;
import io.strikemq.domain.fetch.PartitionFetched;
import io.strikemq.domain.port.in.FetchRecords;
import io.strikemq.domain.put.RecordLine;
import io.strikemq.domain.put.TopicExport;
import io.strikemq.domain.record.BatchLayout;
import io.strikemq.domain.record.MessageFormat;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordBatches;
import io.strikemq.domain.record.RecordCursor;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.TopicRef;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/** Reads a topic as a consumer does, a fetch for each piece. */
final class FetchedExport implements TopicExport {
    private static final int FETCH_BYTES = 1 << 20;

    private final FetchRecords fetch;
    private final RequestContext context;
    private final IsolationLevel isolation;
    private final RecordReader reader;
    private final List<Partition> partitions;
    /** Where each partition ended when this began. */
    private final long[] ends;

    private final RecordLine line = new RecordLine();
    private int current;
    private long next;
    private long recordCount;

    FetchedExport(
            FetchRecords fetch,
            RequestContext context,
            IsolationLevel isolation,
            RecordReader reader,
            List<Partition> partitions) {
        this.fetch = fetch;
        this.context = context;
        this.isolation = isolation;
        this.reader = reader;
        this.partitions = partitions;
        this.ends = partitions.stream().flatMapToLong(this::end).toArray();
        this.next = partitions.get(0).startOffset();
    }

    private LongStream end(Partition partition) {
        LogEnd end = partition.end();
        return LongStream.of(isolation == IsolationLevel.READ_COMMITTED ? end.lastStableOffset() : end.highWatermark());
    }

    @Override
    public boolean next(OutputStream out) throws IOException {
        while (current < partitions.size()) {
            long before = recordCount;
            if (next >= ends[current]) {
                current++;
                next = current < partitions.size() ? partitions.get(current).startOffset() : 0;
            } else {
                readOn(out);
                if (recordCount > before) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public long recordCount() {
        return recordCount;
    }

    private void readOn(OutputStream out) throws IOException {
        FetchResult result = fetched();
        try {
            PartitionFetched fetched = result.partitions().get(0);
            if (fetched.error() == ErrorCode.OFFSET_OUT_OF_RANGE
                    && next < partitions.get(current).startOffset()) {
                next = partitions.get(current).startOffset();
                return;
            }
            refuse(fetched.error());
            long from = next;
            AbortedRecords aborted = new AbortedRecords(fetched.aborted());
            for (ByteBuffer buffer : fetched.records().buffers()) {
                write(out, buffer, aborted);
            }
            if (next == from) {
                throw new BrokerException(
                        ErrorCode.UNKNOWN_SERVER_ERROR,
                        "nothing is found of " + partitions.get(current).name() + " from offset " + next
                                + " on, though its log goes on to " + ends[current]);
            }
        } finally {
            result.release();
        }
    }

    private FetchResult fetched() {
        TopicRef topic = TopicRef.byName(partitions.get(current).name().topic());
        PartitionQuery wanted = new PartitionQuery(topic, current, -1, next, -1, -1, FETCH_BYTES);
        FetchResult result = fetch.fetch(
                        context,
                        new FetchQuery(
                                Duration.ZERO,
                                0,
                                FETCH_BYTES,
                                isolation,
                                SessionRef.NONE,
                                List.of(wanted),
                                List.of(),
                                MessageFormat.V2,
                                FetchQuery.CONSUMER))
                .toCompletableFuture()
                .join();
        if (result.error() != ErrorCode.NONE) {
            result.release();
            refuse(result.error());
        }
        return result;
    }

    private void refuse(ErrorCode error) {
        if (error != ErrorCode.NONE) {
            throw new BrokerException(
                    error,
                    "the records of " + partitions.get(current).name() + " from offset " + next + " on cannot be read: "
                            + error);
        }
    }

    private void write(OutputStream out, ByteBuffer buffer, AbortedRecords aborted) throws IOException {
        int at = buffer.position();
        while (at < buffer.limit() && next < ends[current]) {
            ByteBuffer rest = buffer.duplicate().position(at);
            List<RecordBatch> whole = RecordBatches.wholeIn(rest);
            for (RecordBatch batch : whole) {
                write(out, batch, aborted);
                at += batch.sizeInBytes();
            }
            if (at < buffer.limit()) {
                at += writeDamaged(out, buffer, at);
            }
        }
    }

    private void write(OutputStream out, RecordBatch batch, AbortedRecords aborted) throws IOException {
        boolean isHidden = aborted.hides(batch) || batch.isControl();
        if (!isHidden && batch.lastOffset() >= next && batch.baseOffset() < ends[current]) {
            RecordCursor records = reader.open(batch);
            while (records.next()) {
                if (records.offset() >= next && records.offset() < ends[current]) {
                    line.write(out, current, records.record());
                    recordCount++;
                }
            }
        }
        next = Math.max(next, batch.lastOffset() + 1);
    }

    /** Whose header tells where it ends; what the log found without one it does not hand out. */
    private int writeDamaged(OutputStream out, ByteBuffer buffer, int at) throws IOException {
        int left = buffer.limit() - at;
        int size = left < BatchLayout.HEADER_SIZE ? 0 : BatchLayout.sizeInBytes(buffer, at);
        if (size < BatchLayout.HEADER_SIZE || size > left) {
            refuse(ErrorCode.CORRUPT_MESSAGE);
        }
        RecordBatch batch = new RecordBatch(buffer, at);
        line.writeDamaged(out, current, batch.baseOffset(), batch.bytes());
        recordCount += Math.max(0, batch.recordCount());
        next = Math.max(next, batch.lastOffset() + 1);
        return size;
    }
}
