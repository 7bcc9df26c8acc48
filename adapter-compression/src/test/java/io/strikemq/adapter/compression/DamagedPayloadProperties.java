package io.strikemq.adapter.compression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.record.CompressionType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes that are not what they say give the domain's error, and never take more memory than allowed. */
class DamagedPayloadProperties {
    private static final int LIMIT = 1 << 20;

    private final PureJavaCodecs codecs = new PureJavaCodecs();

    @Property(tries = 300)
    void flippedBitsAreReadOrRefused(
            @ForAll CompressionType type, @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int flips)
            throws IOException {
        Random random = new Random(seed);
        byte[] plain = CodecsMatchKafkaProperties.payload(random.nextInt(3000), 1 + random.nextInt(40), 5, seed);
        byte[] compressed = KafkaCodec.compress(type, (byte) 2, plain);
        for (int i = 0; i < flips; i++) {
            compressed[random.nextInt(compressed.length)] ^= (byte) (1 << random.nextInt(8));
        }
        readOrRefuse(type, compressed);
    }

    @Property(tries = 200)
    void noiseIsReadOrRefused(@ForAll CompressionType type, @ForAll byte[] noise) {
        readOrRefuse(type, noise);
    }

    @ParameterizedTest
    @EnumSource(value = CompressionType.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aPayloadThatIsCutShortIsNeverTakenForTheWhole(CompressionType type) throws IOException {
        byte[] plain = CodecsMatchKafkaProperties.payload(900, 20, 3, 42);
        byte[] compressed = KafkaCodec.compress(type, (byte) 2, plain);
        for (int length = 0; length < compressed.length; length++) {
            byte[] cut = Arrays.copyOf(compressed, length);
            // Snappy's chunks have no end mark: cut between two, what is left is whole.
            if (type == CompressionType.SNAPPY && length == 16) {
                continue;
            }
            BrokerException refused = assertThrows(
                    BrokerException.class,
                    () -> codecs.decompress(type, (byte) 2, ByteBuffer.wrap(cut), LIMIT),
                    type + " cut at " + length);
            assertEquals(ErrorCode.INVALID_RECORD, refused.error());
        }
    }

    @ParameterizedTest
    @EnumSource(value = CompressionType.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aPayloadThatWouldFillTheHeapIsRefused(CompressionType type) throws IOException {
        byte[] bomb = KafkaCodec.compress(type, (byte) 2, new byte[20 << 20]);
        BrokerException refused = assertThrows(
                BrokerException.class, () -> codecs.decompress(type, (byte) 2, ByteBuffer.wrap(bomb), LIMIT));
        assertEquals(ErrorCode.MESSAGE_TOO_LARGE, refused.error());
    }

    private void readOrRefuse(CompressionType type, byte[] compressed) {
        try {
            ByteBuffer read = codecs.decompress(type, (byte) 2, ByteBuffer.wrap(compressed), LIMIT);
            assertTrue(read.remaining() <= LIMIT);
        } catch (BrokerException e) {
            assertTrue(e.error() == ErrorCode.INVALID_RECORD || e.error() == ErrorCode.MESSAGE_TOO_LARGE, e.toString());
        }
    }
}
