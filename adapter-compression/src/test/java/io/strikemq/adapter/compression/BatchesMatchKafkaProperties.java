package io.strikemq.adapter.compression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.record.BatchLayout;
import io.strikemq.domain.record.CompressionType;
import io.strikemq.domain.record.Record;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordBatchBuilder;
import io.strikemq.domain.record.RecordBatches;
import io.strikemq.domain.record.RecordReader;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.ShortRange;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecords;

/** Our v2 batches and Kafka's are the same. */
class BatchesMatchKafkaProperties {
    private final NativeCodecs codecs = new NativeCodecs();
    private final RecordReader reader = new RecordReader(codecs);

    @Property(tries = 200)
    void plainBatchesAreTheSameBytes(@ForAll long seed, @ForAll @LongRange(min = 0, max = 1L << 40) long baseOffset) {
        List<Record> records = new RandomRecords(seed).from(baseOffset);
        assertEquals(KafkaBatches.build((byte) 2, CompressionType.NONE, records), build(CompressionType.NONE, records));
    }

    @Property(tries = 100)
    void plainBatchesOfProducersAreTheSameBytes(
            @ForAll long seed,
            @ForAll @LongRange(min = 0) long id,
            @ForAll @ShortRange(min = 0) short epoch,
            @ForAll @IntRange(min = 0) int sequence,
            @ForAll boolean transactional,
            @ForAll @LongRange(min = 0) long appendTime) {
        List<Record> records = new RandomRecords(seed).withoutHeaders(0);
        var theirs = MemoryRecords.builder(
                ByteBuffer.allocate(100),
                (byte) 2,
                KafkaCodec.of(CompressionType.NONE),
                TimestampType.LOG_APPEND_TIME,
                0,
                appendTime,
                id,
                epoch,
                sequence,
                transactional,
                7);
        var ours = new RecordBatchBuilder()
                .at(0, 7)
                .producer(new ProducerIdentity(id, epoch), sequence)
                .logAppendTime(appendTime);
        if (transactional) {
            ours.transactional();
        }
        for (Record record : records) {
            theirs.append(record.timestamp(), record.key(), record.value());
            ours.append(record.timestamp(), record.key(), record.value());
        }
        assertEquals(KafkaBatches.copy(theirs.build().buffer()), ours.build(codecs));
    }

    @Property(tries = 100)
    void kafkaReadsOurBatches(@ForAll CompressionType compression, @ForAll long seed) {
        List<Record> records = new RandomRecords(seed).from(12);
        assertEquals(records, KafkaBatches.read(build(compression, records)));
    }

    @Property(tries = 100)
    void weReadKafkasBatches(@ForAll CompressionType compression, @ForAll long seed) {
        List<Record> records = new RandomRecords(seed).from(12);
        RecordBatch batch = only(KafkaBatches.build((byte) 2, compression, records));
        assertEquals(compression, batch.compression());
        assertEquals(12, batch.baseOffset());
        assertEquals(11L + records.size(), batch.lastOffset());
        assertEquals(records.size(), batch.recordCount());
        assertEquals(records.stream().mapToLong(Record::timestamp).max().orElseThrow(), batch.maxTimestamp());
        assertEquals(records, reader.read(batch));
    }

    @Property(tries = 50)
    void aBatchGetsItsPlaceWithoutANewCrc(@ForAll long seed, @ForAll @LongRange(min = 0) long baseOffset) {
        List<Record> records = new RandomRecords(seed).from(0);
        ByteBuffer bytes = build(CompressionType.NONE, records);
        only(bytes).assign(baseOffset / 2, 5);
        assertTrue(BatchLayout.crcMatches(bytes, 0, bytes.limit()));
        var theirs = MemoryRecords.readableRecords(bytes).batches().iterator().next();
        assertEquals(baseOffset / 2, theirs.baseOffset());
        assertEquals(5, theirs.partitionLeaderEpoch());
        assertEquals(theirs.lastOffset(), only(bytes).lastOffset());
    }

    @Property(tries = 50)
    void batchesOneAfterTheOtherAreFoundInOrder(@ForAll long seed, @ForAll @IntRange(max = 60) int cut) {
        ByteBuffer first = build(CompressionType.NONE, new RandomRecords(seed).from(0));
        ByteBuffer second = build(CompressionType.LZ4, new RandomRecords(seed + 1).from(1000));
        ByteBuffer both = ByteBuffer.allocate(first.limit() + second.limit() + cut);
        both.put(first.duplicate())
                .put(second.duplicate())
                .put(first.slice(0, cut))
                .flip();
        List<Long> offsets =
                RecordBatches.in(both).stream().map(RecordBatch::baseOffset).toList();
        assertEquals(List.of(0L, 1000L), offsets);
    }

    private ByteBuffer build(CompressionType compression, List<Record> records) {
        RecordBatchBuilder builder =
                new RecordBatchBuilder().at(records.get(0).offset(), -1).compression(compression);
        for (Record record : records) {
            builder.append(record.timestamp(), record.key(), record.value(), record.headers());
        }
        return builder.build(codecs);
    }

    private static RecordBatch only(ByteBuffer bytes) {
        List<RecordBatch> batches = RecordBatches.in(bytes);
        assertEquals(1, batches.size());
        return batches.get(0);
    }
}
