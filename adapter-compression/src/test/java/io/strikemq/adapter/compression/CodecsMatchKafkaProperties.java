package io.strikemq.adapter.compression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.domain.record.Compression;
import io.strikemq.domain.record.CompressionType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** What Kafka compresses we read, and what we compress Kafka reads. */
class CodecsMatchKafkaProperties {
    private static final int LIMIT = 16 << 20;

    private final NativeCodecs codecs = new NativeCodecs();

    @Property(tries = 200)
    void weReadWhatKafkaCompresses(
            @ForAll CompressionType type, @ForAll("magics") byte magic, @ForAll("payloads") byte[] plain)
            throws IOException {
        ByteBuffer compressed = ByteBuffer.wrap(KafkaCodec.compress(type, magic, plain));
        ByteBuffer read = codecs.decompress(type, magic, compressed, LIMIT);
        assertArrayEquals(plain, KafkaCodec.bytes(read));
        assertEquals(0, compressed.position());
    }

    @Property(tries = 200)
    void kafkaReadsWhatWeCompress(
            @ForAll CompressionType type, @ForAll("magics") byte magic, @ForAll("payloads") byte[] plain)
            throws IOException {
        ByteBuffer compressed = codecs.compress(Compression.of(type), magic, ByteBuffer.wrap(plain));
        assertArrayEquals(plain, KafkaCodec.decompress(type, magic, compressed));
    }

    @Property(tries = 50)
    void directBuffersAndSlicesAreReadLikeArrays(@ForAll CompressionType type, @ForAll("payloads") byte[] plain)
            throws IOException {
        byte[] compressed = KafkaCodec.compress(type, (byte) 2, plain);
        ByteBuffer direct = ByteBuffer.allocateDirect(compressed.length + 7).position(3);
        direct.put(compressed).flip().position(3);
        assertArrayEquals(plain, KafkaCodec.bytes(codecs.decompress(type, (byte) 2, direct, LIMIT)));

        ByteBuffer padded = ByteBuffer.allocate(compressed.length + 7).position(5);
        padded.put(compressed).flip().position(5);
        assertArrayEquals(plain, KafkaCodec.bytes(codecs.decompress(type, (byte) 2, padded.slice(), LIMIT)));
    }

    @Property(tries = 100)
    void zstdOfEveryLevelIsRead(@ForAll @IntRange(min = -7, max = 19) int level, @ForAll("payloads") byte[] plain) {
        ByteBuffer compressed = ByteBuffer.wrap(com.github.luben.zstd.Zstd.compress(plain, level));
        assertArrayEquals(
                plain, KafkaCodec.bytes(codecs.decompress(CompressionType.ZSTD, (byte) 2, compressed, LIMIT)));
    }

    @Provide
    Arbitrary<Byte> magics() {
        return Arbitraries.of((byte) 0, (byte) 1, (byte) 2);
    }

    /** From noise to one byte over and over, with sizes around the codecs' block sizes. */
    @Provide
    Arbitrary<byte[]> payloads() {
        Arbitrary<Integer> sizes = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.integers().between(0, 300)),
                Tuple.of(4, Arbitraries.integers().between(0, 20_000)),
                Tuple.of(2, Arbitraries.integers().between(32_700, 33_000)),
                Tuple.of(2, Arbitraries.integers().between(65_500, 400_000)));
        Arbitrary<Integer> alphabets = Arbitraries.of(1, 2, 5, 30, 256);
        Arbitrary<Integer> repeats = Arbitraries.of(0, 1, 5, 50);
        return Combinators.combine(sizes, alphabets, repeats, Arbitraries.longs())
                .as(CodecsMatchKafkaProperties::payload);
    }

    /** Random bytes of an alphabet, with stretches copied from earlier ones. */
    static byte[] payload(int size, int alphabet, int repeats, long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) random.nextInt(alphabet);
        }
        for (int i = 0; i < repeats && size > 10; i++) {
            int from = random.nextInt(size);
            int to = random.nextInt(size);
            System.arraycopy(bytes, from, bytes, to, random.nextInt(size - Math.max(from, to)));
        }
        return bytes;
    }
}
