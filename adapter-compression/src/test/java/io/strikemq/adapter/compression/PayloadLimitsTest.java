package io.strikemq.adapter.compression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.record.CompressionType;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PayloadLimitsTest {
    private static final int LIMIT = 1 << 20;

    private final NativeCodecs codecs = new NativeCodecs();

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

    @ParameterizedTest
    @EnumSource(value = CompressionType.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aPayloadOfExactlyTheLimitIsRead(CompressionType type) throws IOException {
        byte[] plain = CodecsMatchKafkaProperties.payload(100_001, 20, 3, 42);
        ByteBuffer compressed = ByteBuffer.wrap(KafkaCodec.compress(type, (byte) 2, plain));
        assertEquals(ByteBuffer.wrap(plain), codecs.decompress(type, (byte) 2, compressed, plain.length));
        BrokerException refused = assertThrows(
                BrokerException.class, () -> codecs.decompress(type, (byte) 2, compressed, plain.length - 1));
        assertEquals(ErrorCode.MESSAGE_TOO_LARGE, refused.error());
    }

    /** A bare snappy block that announces 1 GB, and a zstd frame that announces 200 MB; neither has it. */
    @ParameterizedTest
    @CsvSource({"SNAPPY, 8080808004000000", "ZSTD, 28B52FFDA000C2EB0B010000"})
    void aSizeThatIsOnlyClaimedTakesNoMemory(CompressionType type, String hex) {
        byte[] claim = HexFormat.of().parseHex(hex);
        refuse(type, claim);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        refuse(type, claim);
        long taken = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(taken < LIMIT, taken + " bytes");
    }

    private void refuse(CompressionType type, byte[] compressed) {
        BrokerException refused = assertThrows(
                BrokerException.class,
                () -> codecs.decompress(type, (byte) 2, ByteBuffer.wrap(compressed), Integer.MAX_VALUE));
        assertEquals(ErrorCode.INVALID_RECORD, refused.error());
    }
}
