package io.strikemq.adapter.compression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.record.Compression;
import io.strikemq.domain.record.CompressionType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jpountz.xxhash.XXHashFactory;
import org.junit.jupiter.api.Test;

/** Framings that some client writes and Kafka's Java client does not. */
class FramingTest {
    private static final byte[] TEXT = "to be or not to be, to be or not to be".getBytes(StandardCharsets.UTF_8);

    private final NativeCodecs codecs = new NativeCodecs();

    @Test
    void aBareSnappyBlockIsReadAsLibrdkafkaWritesIt() throws IOException {
        byte[] framed = KafkaCodec.compress(CompressionType.SNAPPY, (byte) 2, TEXT);
        byte[] bare = Arrays.copyOfRange(framed, 20, framed.length);
        assertArrayEquals(TEXT, read(CompressionType.SNAPPY, 2, bare));
    }

    @Test
    void snappyStreamsOfAnyVersionMayFollowOneAnother() throws IOException {
        byte[] framed = KafkaCodec.compress(CompressionType.SNAPPY, (byte) 2, TEXT);
        byte[] other = framed.clone();
        other[11] = 9;
        other[15] = 7;
        assertArrayEquals(concat(TEXT, TEXT), read(CompressionType.SNAPPY, 2, concat(other, framed)));
    }

    @Test
    void gzipMembersFollowOneAnother() throws IOException {
        byte[] member = KafkaCodec.compress(CompressionType.GZIP, (byte) 2, TEXT);
        assertArrayEquals(concat(TEXT, TEXT), read(CompressionType.GZIP, 2, concat(member, member)));
    }

    @Test
    void zstdFramesFollowOneAnother() throws IOException {
        byte[] streamed = KafkaCodec.compress(CompressionType.ZSTD, (byte) 2, TEXT);
        byte[] sized = com.github.luben.zstd.Zstd.compress(TEXT, 19);
        assertArrayEquals(concat(TEXT, TEXT), read(CompressionType.ZSTD, 2, concat(streamed, sized)));
    }

    @Test
    void zstdMayReachBackFartherThanItsUsualWindow() {
        byte[] plain = new byte[10 << 20];
        new Random(1).nextBytes(plain);
        System.arraycopy(plain, 0, plain, 9 << 20, 1 << 20);
        byte[] compressed;
        try (var context = new com.github.luben.zstd.ZstdCompressCtx()) {
            compressed = context.setLevel(1).setLong(27).compress(plain);
        }
        assertTrue(compressed.length < (9 << 20) + 100_000);
        ByteBuffer read = codecs.decompress(CompressionType.ZSTD, (byte) 2, ByteBuffer.wrap(compressed), plain.length);
        assertEquals(ByteBuffer.wrap(plain), read);
    }

    @Test
    void zstdFramesMayCarryAChecksumAndBeSkippable() {
        byte[] checked;
        try (var context = new com.github.luben.zstd.ZstdCompressCtx()) {
            checked = context.setChecksum(true).setContentSize(false).compress(TEXT);
        }
        byte[] skippable = {0x50, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 1, 2};
        assertArrayEquals(TEXT, read(CompressionType.ZSTD, 2, concat(skippable, checked)));
    }

    @Test
    void lz4FramesFollowOneAnotherAndMayAnnounceTheirSize() throws IOException {
        byte[] plainFrame = KafkaCodec.compress(CompressionType.LZ4, (byte) 2, TEXT);
        byte[] block = Arrays.copyOfRange(plainFrame, 11, plainFrame.length - 4);
        byte[] sized = frame(0x40 | 0x20 | 0x10 | 0x08 | 0x04, block);
        assertArrayEquals(concat(TEXT, TEXT), read(CompressionType.LZ4, 2, concat(sized, plainFrame)));
    }

    @Test
    void lz4FramesWhoseBlocksMayDependOnEachOtherAreRefusedAsByKafka() throws IOException {
        byte[] block = {(byte) 0x40, 'a', 'b', 'c', 'd'};
        byte[] linked = frame(0x40, block);
        assertThrows(
                RuntimeException.class,
                () -> KafkaCodec.decompress(CompressionType.LZ4, (byte) 2, ByteBuffer.wrap(linked)));
        BrokerException refused = assertThrows(BrokerException.class, () -> read(CompressionType.LZ4, 2, linked));
        assertEquals(ErrorCode.INVALID_RECORD, refused.error());
        byte[] independent = frame(0x40 | 0x20, block);
        assertArrayEquals("abcd".getBytes(StandardCharsets.UTF_8), read(CompressionType.LZ4, 2, independent));
    }

    @Test
    void theWrongHeaderChecksumOfOldClientsIsReadInFormat0Only() throws IOException {
        byte[] old = KafkaCodec.compress(CompressionType.LZ4, (byte) 0, TEXT);
        byte[] modern = KafkaCodec.compress(CompressionType.LZ4, (byte) 1, TEXT);
        assertArrayEquals(TEXT, read(CompressionType.LZ4, 0, old));
        assertArrayEquals(TEXT, read(CompressionType.LZ4, 0, modern));
        assertThrows(BrokerException.class, () -> read(CompressionType.LZ4, 1, old));
    }

    @Test
    void theHeaderChecksumIsWrittenAsWrongInFormat0AsKafkaDoes() throws IOException {
        for (byte magic = 0; magic <= 2; magic++) {
            byte[] theirs = KafkaCodec.compress(CompressionType.LZ4, magic, TEXT);
            ByteBuffer ours = codecs.compress(Compression.of(CompressionType.LZ4), magic, ByteBuffer.wrap(TEXT));
            assertEquals(theirs[6], ours.get(6), "magic " + magic);
        }
    }

    private byte[] read(CompressionType type, int magic, byte[] compressed) {
        return KafkaCodec.bytes(codecs.decompress(type, (byte) magic, ByteBuffer.wrap(compressed), 1 << 20));
    }

    /** An LZ4 frame around blocks, with whatever its flags announce. */
    private static byte[] frame(int flags, byte[]... blocks) {
        ByteBuffer frame = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(0x184D2204).put((byte) flags).put((byte) 0x40);
        if ((flags & 0x08) != 0) {
            frame.putLong(TEXT.length);
        }
        frame.put((byte) (hash(frame.array(), 4, frame.position() - 4) >>> 8));
        for (byte[] block : blocks) {
            frame.putInt(block.length).put(block);
            if ((flags & 0x10) != 0) {
                frame.putInt(hash(block, 0, block.length));
            }
        }
        frame.putInt(0);
        if ((flags & 0x04) != 0) {
            frame.putInt(hash(TEXT, 0, TEXT.length));
        }
        return Arrays.copyOf(frame.array(), frame.position());
    }

    private static int hash(byte[] bytes, int from, int length) {
        return XXHashFactory.safeInstance().hash32().hash(bytes, from, length, 0);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(first);
        all.writeBytes(second);
        return all.toByteArray();
    }
}
