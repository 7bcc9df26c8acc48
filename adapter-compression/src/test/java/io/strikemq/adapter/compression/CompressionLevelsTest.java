package io.strikemq.adapter.compression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.produce.ProduceCommand.Formats;
import io.strikemq.domain.record.Compression;
import io.strikemq.domain.record.CompressionType;
import io.strikemq.domain.record.ProduceValidation;
import io.strikemq.domain.record.RecordBatchBuilder;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.record.ValidatedRecords.Accepted;
import io.strikemq.domain.topic.TopicSettings;
import io.strikemq.domain.topic.config.TopicConfigs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The codecs' levels have the effect that they have in Kafka. */
class CompressionLevelsTest {
    private static final byte[] PLAIN = CodecsMatchKafkaProperties.payload(200_000, 30, 400, 7);

    private final NativeCodecs codecs = new NativeCodecs();

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 6, 9})
    void gzipAtEachLevelWritesKafkasBytes(int level) throws IOException {
        var kafkas = org.apache.kafka.common.compress.Compression.gzip().level(level);
        assertArrayEquals(KafkaCodec.compress(kafkas.build(), PLAIN), compress(CompressionType.GZIP, level));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 9, 12, 17})
    void lz4AtEachLevelWritesKafkasBytes(int level) throws IOException {
        var kafkas = org.apache.kafka.common.compress.Compression.lz4().level(level);
        assertArrayEquals(KafkaCodec.compress(kafkas.build(), PLAIN), compress(CompressionType.LZ4, level));
    }

    @ParameterizedTest
    @ValueSource(ints = {-131072, -5, 1, 3, 12, 22})
    void zstdAtEachLevelIsReadByKafkaAndAsSmall(int level) throws IOException {
        var kafkas = org.apache.kafka.common.compress.Compression.zstd().level(level);
        byte[] ours = compress(CompressionType.ZSTD, level);
        assertArrayEquals(PLAIN, KafkaCodec.decompress(CompressionType.ZSTD, (byte) 2, ByteBuffer.wrap(ours)));
        // Ours knows the size from the start, for which zstd tunes itself.
        int theirs = KafkaCodec.compress(kafkas.build(), PLAIN).length;
        assertTrue(ours.length < theirs * 1.02 && ours.length > theirs * 0.8, ours.length + " and " + theirs);
    }

    @ParameterizedTest
    @CsvSource({"gzip, 1, 9", "lz4, 1, 17", "zstd, -50, 19"})
    void theTopicsLevelIsUsedWhereTheBrokerRecompresses(String codec, String low, String high) {
        assertTrue(recompressed(codec, high) < recompressed(codec, low));
    }

    @Test
    void levelsHaveKafkasDefaults() {
        assertEquals(
                org.apache.kafka.common.record.internal.CompressionType.GZIP.defaultLevel(),
                Compression.defaultLevel(CompressionType.GZIP));
        assertEquals(
                org.apache.kafka.common.record.internal.CompressionType.LZ4.defaultLevel(),
                Compression.defaultLevel(CompressionType.LZ4));
        assertEquals(
                org.apache.kafka.common.record.internal.CompressionType.ZSTD.defaultLevel(),
                Compression.defaultLevel(CompressionType.ZSTD));
    }

    private byte[] compress(CompressionType type, int level) {
        return KafkaCodec.bytes(codecs.compress(new Compression(type, level), (byte) 2, ByteBuffer.wrap(PLAIN)));
    }

    /** The size of a plain batch after a topic with that codec and level took it. */
    private int recompressed(String codec, String level) {
        TopicSettings topic = new TopicConfigs(Map.of())
                .settings(Map.of("compression.type", codec, "compression." + codec + ".level", level));
        ByteBuffer produced =
                new RecordBatchBuilder().append(1, null, ByteBuffer.wrap(PLAIN)).build(codecs);
        var validation = new ProduceValidation(new RecordReader(codecs), codecs);
        return ((Accepted) validation.validate(produced, Formats.ANY, topic, 1))
                .batch()
                .sizeInBytes();
    }
}
