package io.strikemq.application.put;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.put.ImportOffsets;
import io.strikemq.domain.put.ReadLine;
import io.strikemq.domain.put.RecordToPut;
import io.strikemq.domain.put.RecordsImported;
import io.strikemq.domain.put.TopicImport;
import io.strikemq.domain.record.BatchLayout;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordBatchBuilder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Collects records to batches, one for each partition, and puts them when they are large enough all together. */
final class BatchedImport implements TopicImport {
    /** What is kept back, of all partitions. */
    private static final int MOST_KEPT_BYTES = 1 << 20;
    /** Each begins with some hundred bytes of its own. */
    private static final int MOST_BATCHES = 1000;

    private static final int LONGEST_LINE = 64 << 20;

    private final String topic;
    private final ImportOffsets offsets;
    private final Target target;
    private final CompressionCodecs codecs;
    private final Clock clock;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private final Map<Integer, Batch> batches = new TreeMap<>();
    private long lines;
    private long keptBytes;
    private long imported;
    private boolean hasFailed;

    /** Where batches go. */
    interface Target {
        void put(int partition, ByteBuffer batch, OptionalLong at, boolean isDamaged);
    }

    /** What is collected for a partition: offsets from the first record's on. */
    private static final class Batch {
        final RecordBatchBuilder builder = new RecordBatchBuilder();
        final OptionalLong at;
        long last = -1;

        Batch(OptionalLong at) {
            this.at = at;
            builder.at(at.orElse(0), -1);
        }
    }

    BatchedImport(String topic, ImportOffsets offsets, Target target, CompressionCodecs codecs, Clock clock) {
        this.topic = topic;
        this.offsets = offsets;
        this.target = target;
        this.codecs = codecs;
        this.clock = clock;
    }

    @Override
    public void accept(ByteBuffer more) {
        ByteBuffer rest = more;
        while (rest.hasRemaining()) {
            int end = rest.position();
            while (end < rest.limit() && rest.get(end) != '\n') {
                end++;
            }
            boolean isWhole = end < rest.limit();
            ByteBuffer part = rest.slice(rest.position(), end - rest.position());
            rest.position(isWhole ? end + 1 : end);
            if (!isWhole) {
                keep(part);
            } else if (begun.size() == 0) {
                line(part);
            } else {
                keep(part);
                endLine();
            }
        }
    }

    private void keep(ByteBuffer part) {
        if (begun.size() + part.remaining() > LONGEST_LINE) {
            lines++;
            throw failed("it is longer than " + LONGEST_LINE + " bytes", ErrorCode.INVALID_REQUEST, null);
        }
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        begun.writeBytes(bytes);
    }

    private void endLine() {
        ByteBuffer whole = ByteBuffer.wrap(begun.toByteArray());
        begun.reset();
        line(whole);
    }

    @Override
    public RecordsImported finish() {
        if (begun.size() > 0) {
            endLine();
        }
        flush();
        return new RecordsImported(topic, imported);
    }

    /** An empty line is none, as at the end of many files. */
    private void line(ByteBuffer line) {
        lines++;
        if (isBlank(line)) {
            return;
        }
        try {
            add(ReadLine.of(line));
        } catch (BrokerException e) {
            if (hasFailed) {
                throw e;
            }
            throw failed(e.getMessage(), e.error(), e);
        }
        if (keptBytes >= MOST_KEPT_BYTES || batches.size() >= MOST_BATCHES) {
            flush();
        }
    }

    private static boolean isBlank(ByteBuffer line) {
        for (int at = line.position(); at < line.limit(); at++) {
            if (line.get(at) != ' ' && line.get(at) != '\r' && line.get(at) != '\t') {
                return false;
            }
        }
        return true;
    }

    private void add(ReadLine read) {
        if (read.damagedBatch() != null) {
            addDamaged(read);
            return;
        }
        RecordToPut record = read.record();
        OptionalLong at = offsets == ImportOffsets.KEPT && record.offset() != null
                ? OptionalLong.of(record.offset())
                : OptionalLong.empty();
        Batch batch = batchFor(read.partition(), at);
        long offset = at.orElse(batch.last + 1);
        if (offset <= batch.last) {
            throw new BrokerException(
                    ErrorCode.INVALID_REQUEST,
                    "offset " + offset + " of partition " + read.partition() + " comes after " + batch.last);
        }
        long timestamp = record.timestamp() == null ? clock.wallClockMillis() : record.timestamp();
        int before = batch.builder.sizeInBytes();
        batch.builder.appendAt(offset, timestamp, record.key(), record.value(), record.headers());
        batch.last = offset;
        keptBytes += batch.builder.sizeInBytes() - before;
    }

    /** Of a batch all offsets are told, or none; and they lie no further apart than a batch can say. */
    private Batch batchFor(int partition, OptionalLong at) {
        Batch batch = batches.get(partition);
        boolean goesOn = batch != null
                && batch.at.isPresent() == at.isPresent()
                && (at.isEmpty() || at.getAsLong() - batch.at.getAsLong() <= Integer.MAX_VALUE);
        if (goesOn) {
            return batch;
        }
        if (batch != null) {
            flush();
        }
        Batch begins = new Batch(at);
        begins.last = at.orElse(0) - 1;
        batches.put(partition, begins);
        return begins;
    }

    private void addDamaged(ReadLine read) {
        flush();
        ByteBuffer bytes = ByteBuffer.allocate(read.damagedBatch().remaining())
                .put(read.damagedBatch())
                .flip();
        boolean isBatch = bytes.remaining() >= BatchLayout.HEADER_SIZE
                && BatchLayout.sizeInBytes(bytes, 0) == bytes.remaining()
                && BatchLayout.magic(bytes, 0) == 2
                && new RecordBatch(bytes, 0).lastOffsetDelta() >= 0;
        if (!isBatch) {
            throw new BrokerException(ErrorCode.INVALID_REQUEST, "damaged_batch has not even the header of a batch");
        }
        OptionalLong at = offsets == ImportOffsets.KEPT
                ? OptionalLong.of(new RecordBatch(bytes, 0).baseOffset())
                : OptionalLong.empty();
        target.put(read.partition(), bytes, at, true);
        imported += Math.max(0, new RecordBatch(bytes, 0).recordCount());
    }

    /** Puts what was kept back; each batch is one or none. */
    private void flush() {
        for (Map.Entry<Integer, Batch> each : batches.entrySet()) {
            Batch batch = each.getValue();
            try {
                target.put(each.getKey(), batch.builder.build(codecs), batch.at, false);
            } catch (BrokerException e) {
                hasFailed = true;
                throw new BrokerException(
                        e.error(),
                        "lines up to " + lines + " cannot be imported whole: " + e.getMessage() + "; " + imported
                                + " records are imported",
                        e);
            }
            imported += batch.builder.recordCount();
        }
        batches.clear();
        keptBytes = 0;
    }

    /** What comes before the broken line is put all the same, so that it can be told what was. */
    private BrokerException failed(String why, ErrorCode error, Throwable cause) {
        flush();
        hasFailed = true;
        return new BrokerException(
                error, "line " + lines + ": " + why + "; the " + imported + " records before it are imported", cause);
    }

    @Override
    public long heldBytes() {
        return begun.size() + keptBytes;
    }
}
