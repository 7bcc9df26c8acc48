package io.strikemq.parity.compaction;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.RecordBatch;

/** Producers of all kinds that write to one partition, as Kafka's own behave: plain, idempotent, transactional ones of both versions. */
final class GeneratedProducers {
    private static final int COUNT = 5;
    private static final int LARGEST_BATCH = 2048;
    private static final long IDLE_MILLIS = GeneratedLog.PRODUCER_EXPIRATION_MILLIS / 2;

    private final Random random;
    private final int keys;
    private final boolean stampedByLog;
    private final boolean haveTransactions;
    private final List<Producer> producers = new ArrayList<>();
    private long nextId = 1000;
    private long nextOffset;
    private int nextValue;

    private enum Kind {
        PLAIN,
        IDEMPOTENT,
        TRANSACTIONAL,
        EPOCH_FOR_EACH_TRANSACTION
    }

    private static final class Producer {
        private final Kind kind;
        private final long id;
        private short epoch;
        private int sequence;
        private boolean inTransaction;
        private long lastMillis;

        Producer(Kind kind, long id, long nowMillis) {
            this.kind = kind;
            this.id = id;
            this.lastMillis = nowMillis;
        }

        boolean isTransactional() {
            return kind == Kind.TRANSACTIONAL || kind == Kind.EPOCH_FOR_EACH_TRANSACTION;
        }
    }

    /** @param stampedByLog whether batches are as a log with message.timestamp.type=LogAppendTime has them */
    GeneratedProducers(Random random, int keys, boolean stampedByLog, boolean haveTransactions) {
        this.random = random;
        this.keys = keys;
        this.stampedByLog = stampedByLog;
        this.haveTransactions = haveTransactions;
        for (int i = 0; i < COUNT; i++) {
            producers.add(newProducer(GeneratedLog.START_MILLIS));
        }
    }

    long nextOffset() {
        return nextOffset;
    }

    private Producer newProducer(long nowMillis) {
        Kind kind =
                Kind.values()[random.nextInt(haveTransactions ? Kind.values().length : Kind.TRANSACTIONAL.ordinal())];
        return new Producer(kind, kind == Kind.PLAIN ? RecordBatch.NO_PRODUCER_ID : nextId++, nowMillis);
    }

    /** A batch of some producer's. */
    GeneratedBatch data(long nowMillis) {
        int at = random.nextInt(COUNT);
        Producer producer = producers.get(at);
        if (!producer.inTransaction && (isIdle(producer, nowMillis) || random.nextInt(12) == 0)) {
            producer = newProducer(nowMillis);
            producers.set(at, producer);
        }
        return data(producer, nowMillis);
    }

    /** A batch of a producer without an id. */
    GeneratedBatch plain(long nowMillis) {
        return data(new Producer(Kind.PLAIN, RecordBatch.NO_PRODUCER_ID, nowMillis), nowMillis);
    }

    private GeneratedBatch data(Producer producer, long nowMillis) {
        producer.lastMillis = nowMillis;
        producer.inTransaction = producer.isTransactional();
        int count = 1 + random.nextInt(6);
        MemoryRecordsBuilder builder = builder(producer, codec(), nowMillis, false);
        for (int i = 0; i < count; i++) {
            append(builder, timestamp(producer, i, nowMillis));
        }
        producer.sequence += producer.kind == Kind.PLAIN ? 0 : count;
        return built(builder, null);
    }

    /** Whether a log may forget the producer soon, if it has not yet. */
    private static boolean isIdle(Producer producer, long nowMillis) {
        return nowMillis - producer.lastMillis > IDLE_MILLIS;
    }

    private CompressionType codec() {
        CompressionType[] all = CompressionType.values();
        return random.nextInt(3) == 0 ? all[random.nextInt(all.length)] : CompressionType.NONE;
    }

    /** When Kafka forgets an idle producer goes by the timestamps of its batches: each has one of now. */
    private long timestamp(Producer producer, int index, long nowMillis) {
        if (index == 0 && producer.kind != Kind.PLAIN) {
            return nowMillis;
        }
        return random.nextInt(10) == 0 ? RecordBatch.NO_TIMESTAMP : nowMillis - random.nextInt(5000);
    }

    private void append(MemoryRecordsBuilder builder, long timestamp) {
        String key = "k" + random.nextInt(keys);
        boolean isTombstone = random.nextInt(4) == 0;
        String value = isTombstone ? null : nextValue++ + "x".repeat(random.nextInt(80));
        Header[] headers = new Header[random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0];
        for (int i = 0; i < headers.length; i++) {
            headers[i] = new RecordHeader("h" + i, random.nextInt(3) == 0 ? null : bytes("v" + nextValue));
        }
        builder.append(timestamp, random.nextInt(60) == 0 ? null : bytes(key), bytes(value), headers);
    }

    /** The end of some transaction that is open, or of one in which nothing was written; empty if nobody has transactions. */
    Optional<GeneratedBatch> marker(long nowMillis) {
        List<Producer> candidates = producers.stream()
                .filter(producer -> producer.isTransactional()
                        && (producer.inTransaction || !isIdle(producer, nowMillis) && random.nextInt(8) == 0))
                .toList();
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(marker(candidates.get(random.nextInt(candidates.size())), nowMillis));
    }

    /** The ends of all transactions that are open. */
    List<GeneratedBatch> endAll(long nowMillis) {
        return producers.stream()
                .filter(producer -> producer.inTransaction)
                .map(producer -> marker(producer, nowMillis))
                .toList();
    }

    private GeneratedBatch marker(Producer producer, long nowMillis) {
        producer.lastMillis = nowMillis;
        producer.inTransaction = false;
        if (producer.kind == Kind.EPOCH_FOR_EACH_TRANSACTION) {
            producer.epoch++;
            producer.sequence = 0;
        }
        ControlRecordType type = random.nextInt(3) == 0 ? ControlRecordType.ABORT : ControlRecordType.COMMIT;
        MemoryRecordsBuilder builder = builder(producer, CompressionType.NONE, nowMillis, true);
        builder.appendEndTxnMarker(nowMillis, new EndTransactionMarker(type, 0));
        boolean bumps = producer.kind == Kind.EPOCH_FOR_EACH_TRANSACTION;
        return built(builder, new GeneratedBatch.Marker(producer.id, producer.epoch, type, bumps));
    }

    private MemoryRecordsBuilder builder(Producer producer, CompressionType codec, long nowMillis, boolean isControl) {
        boolean hasProducer = producer.kind != Kind.PLAIN;
        return MemoryRecords.builder(
                ByteBuffer.allocate(LARGEST_BATCH),
                RecordBatch.CURRENT_MAGIC_VALUE,
                Compression.of(codec).build(),
                stampedByLog ? TimestampType.LOG_APPEND_TIME : TimestampType.CREATE_TIME,
                nextOffset,
                stampedByLog ? nowMillis : RecordBatch.NO_TIMESTAMP,
                producer.id,
                hasProducer ? producer.epoch : RecordBatch.NO_PRODUCER_EPOCH,
                hasProducer && !isControl ? producer.sequence : RecordBatch.NO_SEQUENCE,
                producer.isTransactional(),
                isControl,
                0);
    }

    private GeneratedBatch built(MemoryRecordsBuilder builder, GeneratedBatch.Marker marker) {
        MemoryRecords records = builder.build();
        nextOffset = records.batches().iterator().next().nextOffset();
        return new GeneratedBatch(records.buffer(), marker);
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
