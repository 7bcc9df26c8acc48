package io.strikemq.adapter.compression;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.record.CompressionType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Bytes that are not what they say give the domain's error, and never take more memory than allowed. */
class DamagedPayloadProperties {
    private static final int LIMIT = 1 << 20;

    private final NativeCodecs codecs = new NativeCodecs();

    @Property(tries = 300)
    void flippedBitsAreReadOrRefused(
            @ForAll CompressionType type, @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int flips)
            throws IOException {
        Random random = new Random(seed);
        byte[] plain = CodecsMatchKafkaProperties.payload(1 + random.nextInt(3000), 1 + random.nextInt(40), 5, seed);
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

    private void readOrRefuse(CompressionType type, byte[] compressed) {
        try {
            ByteBuffer read = codecs.decompress(type, (byte) 2, ByteBuffer.wrap(compressed), LIMIT);
            assertTrue(read.remaining() <= LIMIT);
        } catch (BrokerException e) {
            assertTrue(e.error() == ErrorCode.INVALID_RECORD || e.error() == ErrorCode.MESSAGE_TOO_LARGE, e.toString());
        }
    }
}
