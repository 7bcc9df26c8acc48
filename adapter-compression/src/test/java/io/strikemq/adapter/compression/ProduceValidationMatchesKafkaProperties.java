package io.strikemq.adapter.compression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.produce.ProduceCommand.Formats;
import io.strikemq.domain.record.BatchLayout;
import io.strikemq.domain.record.CompressionType;
import io.strikemq.domain.record.ProduceValidation;
import io.strikemq.domain.record.Record;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.record.ValidatedRecords;
import io.strikemq.domain.topic.TopicSettings;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import org.apache.kafka.common.protocol.Errors;

/** Whatever is produced, sound or damaged, is answered and stored as Kafka 4.4 does. */
class ProduceValidationMatchesKafkaProperties {
    private static final long NOW = 1_700_000_500_000L;
    private static final Map<Formats, Short> VERSIONS =
            new EnumMap<>(Map.of(Formats.ANY, (short) 2, Formats.V2_WITHOUT_ZSTD, (short) 6, Formats.V2, (short) 7));

    private final NativeCodecs codecs = new NativeCodecs();
    private final ProduceValidation validation = new ProduceValidation(new RecordReader(codecs), codecs);

    @Property(tries = 300)
    void soundRecords(
            @ForAll @ByteRange(min = 0, max = 2) byte magic,
            @ForAll CompressionType compression,
            @ForAll Formats formats,
            @ForAll long seed) {
        check(records(magic, compression, seed), formats, topic(new Random(seed)));
    }

    @Property(tries = 400)
    void batchesWithABadHeader(@ForAll Formats formats, @ForAll CompressionType compression, @ForAll long seed) {
        Random random = new Random(seed);
        ByteBuffer batch = records((byte) 2, compression, seed);
        damageHeader(batch, random);
        check(batch, formats, topic(random));
    }

    @Property(tries = 300)
    void recordsWithBadBytesUnderAGoodCrc(@ForAll long seed) {
        Random random = new Random(seed);
        ByteBuffer batch = records((byte) 2, CompressionType.NONE, seed);
        int at = BatchLayout.HEADER_SIZE + random.nextInt(Math.min(40, batch.limit() - BatchLayout.HEADER_SIZE));
        batch.put(at, (byte) (batch.get(at) ^ 1 << random.nextInt(8)));
        sign(batch);
        check(batch, Formats.V2, Topics.create().build());
    }

    @Property(tries = 300)
    void oldMessagesWithBadBytesUnderAGoodCrc(@ForAll @ByteRange(min = 0, max = 1) byte magic, @ForAll long seed) {
        Random random = new Random(seed);
        ByteBuffer messages = records(magic, CompressionType.NONE, seed);
        int size = 12 + messages.getInt(8);
        int at = 16 + random.nextInt(Math.min(size, 50) - 16);
        messages.put(at, (byte) (messages.get(at) ^ 1 << random.nextInt(8)));
        CRC32 crc = new CRC32();
        crc.update(messages.slice(16, size - 16));
        messages.putInt(12, (int) crc.getValue());
        check(messages, Formats.ANY, topic(random));
    }

    @Property(tries = 300)
    void anyByteFlippedAnywhere(
            @ForAll @ByteRange(min = 0, max = 2) byte magic,
            @ForAll CompressionType compression,
            @ForAll Formats formats,
            @ForAll long seed) {
        Random random = new Random(seed);
        ByteBuffer records = records(magic, compression, seed);
        int at = random.nextInt(Math.min(records.limit(), 90));
        records.put(at, (byte) random.nextInt());
        check(records, formats, Topics.create().build());
    }

    @Property(tries = 200)
    void recordsCutShortOrSentTwice(
            @ForAll @ByteRange(min = 0, max = 2) byte magic,
            @ForAll CompressionType compression,
            @ForAll Formats formats,
            @ForAll long seed) {
        Random random = new Random(seed);
        ByteBuffer first = records(magic, compression, seed);
        ByteBuffer second = records((byte) random.nextInt(3), CompressionType.NONE, seed + 1);
        ByteBuffer both = ByteBuffer.allocate(first.limit() + second.limit());
        both.put(first).put(second).flip();
        both.limit(random.nextBoolean() ? both.limit() : random.nextInt(both.limit() + 1));
        check(both, formats, Topics.create().build());
    }

    private void check(ByteBuffer produced, Formats formats, TopicSettings topic) {
        var theirs = new KafkaProduce(topic, NOW).produce(KafkaBatches.copy(produced), VERSIONS.get(formats));
        // A batch that a producer marks with log append time gets its records' own timestamps back, in Kafka as well.
        boolean marked = produced.limit() > 22 && produced.get(16) == 2 && (produced.get(22) & 8) != 0;
        var ours = validation.validate(produced, formats, topic, NOW);
        if (theirs.error() == Errors.UNKNOWN_SERVER_ERROR) {
            return; // Kafka fell over an exception that nobody planned; ours only has to stand.
        }
        if (ours instanceof ValidatedRecords.Refused refused) {
            assertEquals(theirs.error().code(), refused.error().code(), refused.message());
        } else if (ours instanceof ValidatedRecords.Accepted accepted) {
            assertEquals(Errors.NONE, theirs.error());
            accepted.batch().assign(500, 3);
            checkStored(theirs, accepted, marked);
        } else {
            assertEquals(Errors.NONE, theirs.error());
            assertEquals(null, theirs.batches());
        }
    }

    private static void checkStored(KafkaProduce.Outcome theirs, ValidatedRecords.Accepted ours, boolean marked) {
        ByteBuffer bytes = ours.batch().bytes();
        assertEquals(theirs.maxTimestamp(), ours.maxTimestamp());
        boolean plain = ours.batch().compression() == CompressionType.NONE;
        if (plain) {
            assertEquals(KafkaBatches.copy(theirs.batches()), KafkaBatches.copy(bytes));
        } else {
            assertEquals(KafkaBatches.read(theirs.batches()), KafkaBatches.read(bytes));
            // From the attributes on, all of the header but what depends on the compressed size.
            int from = BatchLayout.ATTRIBUTES;
            int size = BatchLayout.HEADER_SIZE - from;
            assertEquals(theirs.batches().slice(from, size), bytes.slice(from, size));
        }
        assertTrue(BatchLayout.crcMatches(bytes, 0, bytes.limit()));
        List<Long> timestamps =
                KafkaBatches.read(bytes).stream().map(Record::timestamp).toList();
        if (!marked) {
            assertEquals(timestamps.indexOf(ours.maxTimestamp()), ours.offsetDeltaOfMaxTimestamp());
        }
    }

    private static ByteBuffer records(byte magic, CompressionType compression, long seed) {
        Random random = new Random(seed);
        RandomRecords source = new RandomRecords(seed);
        List<Record> records = new ArrayList<>(magic == 2 ? source.from(0) : source.withoutHeaders(0));
        CompressionType possible =
                magic < 2 && compression == CompressionType.ZSTD ? CompressionType.GZIP : compression;
        if (random.nextInt(6) == 0 && magic == 2) {
            Collections.reverse(records);
            records.remove(0);
            records.add(0, new Record(0, 5, null, null, List.of()));
            records = records.subList(0, 1);
        }
        return KafkaBatches.build(magic, possible, records, random.nextInt(8) == 0 ? NOW - 5 : -1);
    }

    private static TopicSettings topic(Random random) {
        Topics topic = Topics.create();
        if (random.nextInt(4) == 0) {
            topic.compacted();
        }
        if (random.nextInt(4) == 0) {
            topic.timestampsWithin(400_000_000, 1000);
        }
        if (random.nextInt(4) == 0) {
            topic.logAppendTime();
        }
        if (random.nextInt(6) == 0) {
            // Not together with compression, where sizes are each codec's own.
            return topic.maxMessageBytes(100 + random.nextInt(400))
                    .compression("uncompressed")
                    .build();
        }
        List<String> types = List.of("producer", "producer", "uncompressed", "gzip", "snappy", "lz4", "zstd");
        return topic.compression(types.get(random.nextInt(types.size()))).build();
    }

    private static void damageHeader(ByteBuffer batch, Random random) {
        int small = random.nextInt(5) - 2;
        switch (random.nextInt(10)) {
            case 0 -> batch.putLong(BatchLayout.BASE_OFFSET, small);
            case 1 -> batch.put(BatchLayout.MAGIC, (byte) small);
            case 2 -> batch.putInt(BatchLayout.LAST_OFFSET_DELTA, small);
            case 3 -> batch.putInt(BatchLayout.RECORD_COUNT, small);
            case 4 -> {
                batch.putInt(BatchLayout.RECORD_COUNT, small);
                batch.putInt(BatchLayout.LAST_OFFSET_DELTA, small - 1);
            }
            case 5 -> batch.putLong(BatchLayout.PRODUCER_ID, small);
            case 6 -> {
                batch.putLong(BatchLayout.PRODUCER_ID, 77);
                batch.putInt(BatchLayout.BASE_SEQUENCE, small);
            }
            case 7 -> batch.putLong(BatchLayout.MAX_TIMESTAMP, NOW + random.nextInt(10_000) - 5_000);
            case 8 -> batch.putLong(BatchLayout.BASE_TIMESTAMP, NOW + random.nextInt(10_000) - 5_000);
            default ->
                batch.putShort(BatchLayout.ATTRIBUTES, (short)
                        (batch.getShort(BatchLayout.ATTRIBUTES) ^ 1 << random.nextInt(7)));
        }
        sign(batch);
        if (random.nextInt(10) == 0) {
            batch.putInt(BatchLayout.CRC, 0);
        }
    }

    private static void sign(ByteBuffer batch) {
        batch.putInt(BatchLayout.CRC, (int) BatchLayout.crc(batch, 0, batch.limit()));
    }
}
