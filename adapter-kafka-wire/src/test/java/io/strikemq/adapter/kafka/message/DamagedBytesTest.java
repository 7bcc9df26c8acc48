package io.strikemq.adapter.kafka.message;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.strikemq.adapter.kafka.wire.MalformedMessageException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that a broken or hostile client may send in place of a message. */
class DamagedBytesTest {
    private static final long SEED = 20261124;
    private static final int FLIPS = 100;

    /** What reading may allocate: a fixed sum for exceptions and a multiple of the bytes that were really sent. */
    private static final long FIXED_ALLOWANCE = 64 * 1024;

    private static final long ALLOWANCE_PER_BYTE = 200;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Stream<GeneratedMessage> messages() {
        return GeneratedMessage.all();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMessageThatEndsTooEarlyIsMalformed(GeneratedMessage message) {
        RandomMessages random = new RandomMessages(SEED);
        message.versions().forEach(version -> {
            ByteBuffer bytes = GeneratedMessage.bytes(random.message(message, version), version);
            for (int length = 0; length < bytes.limit(); length++) {
                ByteBuffer cut = bytes.slice(0, length);
                assertThrows(
                        MalformedMessageException.class,
                        () -> message.read(cut, version),
                        () -> message + " version " + version + " cut at " + cut.limit());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("messages")
    void flippedBytesGiveAValueOrAreMalformedAndCostLittle(GeneratedMessage message) {
        RandomMessages messages = new RandomMessages(SEED);
        Random random = new Random(SEED);
        message.versions().forEach(version -> {
            ByteBuffer bytes = GeneratedMessage.bytes(messages.message(message, version), version);
            for (int i = 0; i < FLIPS && bytes.hasRemaining(); i++) {
                ByteBuffer damaged = damage(bytes, random);
                long before = threads.getCurrentThreadAllocatedBytes();
                readDamaged(message, damaged, version);
                long allocated = threads.getCurrentThreadAllocatedBytes() - before;
                assertTrue(
                        allocated < FIXED_ALLOWANCE + ALLOWANCE_PER_BYTE * bytes.limit(),
                        () -> message + " version " + version + ": " + allocated + " bytes for " + bytes.limit());
            }
        });
    }

    private static void readDamaged(GeneratedMessage message, ByteBuffer damaged, int version) {
        try {
            message.read(damaged, version);
        } catch (MalformedMessageException expected) {
            // the other good outcome; anything else fails the test
        }
    }

    private static ByteBuffer damage(ByteBuffer bytes, Random random) {
        ByteBuffer copy =
                ByteBuffer.allocate(bytes.limit()).put(bytes.duplicate()).flip();
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
            byte value = random.nextInt(3) == 0 ? (byte) 0x7f : (byte) random.nextInt();
            copy.put(random.nextInt(copy.limit()), value);
        }
        return copy;
    }
}
