package io.strikemq.adapter.compression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.strikemq.domain.produce.ProduceCommand.Formats;
import io.strikemq.domain.record.CompressionType;
import io.strikemq.domain.record.DownConversion;
import io.strikemq.domain.record.ProduceValidation;
import io.strikemq.domain.record.Record;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.record.ValidatedRecords;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Message sets of formats 0 and 1 mean to us what they mean to Kafka. */
class OldFormatsMatchKafkaProperties {
    private static final long NOW = 1_800_000_000_000L;

    private final NativeCodecs codecs = new NativeCodecs();
    private final RecordReader reader = new RecordReader(codecs);
    private final ProduceValidation validation = new ProduceValidation(reader, codecs);
    private final DownConversion downConversion = new DownConversion(reader, codecs);

    @Property(tries = 150)
    void oldMessageSetsBecomeOneBatchWithTheSameRecords(
            @ForAll("oldMagics") byte magic,
            @ForAll("oldCompressions") CompressionType compression,
            @ForAll long seed) {
        ByteBuffer produced = KafkaBatches.build(magic, compression, new RandomRecords(seed).withoutHeaders(0));
        List<Record> expected = KafkaBatches.read(produced);
        var accepted = assertInstanceOf(
                ValidatedRecords.Accepted.class,
                validation.validate(produced, Formats.ANY, Topics.create().build(), NOW));
        RecordBatch batch = accepted.batch();
        assertEquals(expected, KafkaBatches.read(batch.bytes()));
        assertEquals(compression, batch.compression());
        assertEquals(expected.stream().mapToLong(Record::timestamp).max().orElseThrow(), accepted.maxTimestamp());
        assertEquals(
                expected.stream()
                        .filter(record -> record.timestamp() == accepted.maxTimestamp())
                        .findFirst()
                        .map(record -> (int) record.offset())
                        .orElseThrow(),
                accepted.offsetDeltaOfMaxTimestamp());
    }

    @Property(tries = 150)
    void plainBatchesAreConvertedDownToTheSameBytes(
            @ForAll("oldMagics") byte magic, @ForAll long seed, @ForAll @IntRange(max = 3) int skipped) {
        List<Record> records = new RandomRecords(seed).from(100);
        ByteBuffer stored = KafkaBatches.build((byte) 2, CompressionType.NONE, records);
        int from = Math.min(skipped, records.size());
        ByteBuffer expected = from == records.size()
                ? ByteBuffer.allocate(0)
                : KafkaBatches.build(magic, CompressionType.NONE, records.subList(from, records.size()));
        assertEquals(expected, downConversion.convert(List.of(stored), magic, 100L + from));
    }

    @Property(tries = 100)
    void compressedBatchesAreConvertedDownWholeAndKafkaReadsThem(
            @ForAll("oldMagics") byte magic,
            @ForAll("oldCompressions") CompressionType compression,
            @ForAll long seed) {
        List<Record> records = new RandomRecords(seed).from(100);
        ByteBuffer stored = KafkaBatches.build((byte) 2, compression, records);
        ByteBuffer theirs = KafkaBatches.build(magic, compression, records);
        ByteBuffer ours = downConversion.convert(List.of(stored), magic, 100);
        assertEquals(KafkaBatches.read(theirs), KafkaBatches.read(ours));
        assertEquals(theirs.getLong(0), ours.getLong(0), "the wrapper's offset");
        assertEquals(theirs.getShort(16), ours.getShort(16), "magic and attributes");
    }

    @Property(tries = 60)
    void logAppendTimeSurvivesTheWayDown(
            @ForAll("oldMagics") byte magic,
            @ForAll("oldCompressions") CompressionType compression,
            @ForAll long seed) {
        List<Record> records = new RandomRecords(seed).from(0);
        ByteBuffer stored = KafkaBatches.build((byte) 2, compression, records, NOW);
        ByteBuffer theirs = KafkaBatches.build(magic, compression, records, NOW);
        ByteBuffer ours = downConversion.convert(List.of(stored), magic, 0);
        assertEquals(KafkaBatches.read(theirs), KafkaBatches.read(ours));
        assertEquals(theirs.getShort(16), ours.getShort(16), "magic and attributes");
    }

    @Provide
    Arbitrary<Byte> oldMagics() {
        return Arbitraries.of((byte) 0, (byte) 1);
    }

    @Provide
    Arbitrary<CompressionType> oldCompressions() {
        return Arbitraries.of(CompressionType.class).filter(type -> type != CompressionType.ZSTD);
    }
}
