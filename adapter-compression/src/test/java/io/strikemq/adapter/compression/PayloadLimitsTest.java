package io.strikemq.adapter.compression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.record.CompressionType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PayloadLimitsTest {
    private static final int LIMIT = 1 << 20;

    private final PureJavaCodecs codecs = new PureJavaCodecs();

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
}
