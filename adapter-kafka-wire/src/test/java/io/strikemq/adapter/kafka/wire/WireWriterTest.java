package io.strikemq.adapter.kafka.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireWriterTest {
    @Test
    void largeRecordsAreHandedOnByReferenceBetweenTheSmallFields() {
        byte[] log = new byte[10_000];
        WireWriter out = new WireWriter(16);
        out.writeInt(1);
        out.writeRecords(List.of(ByteBuffer.wrap(log, 0, 4_000), ByteBuffer.wrap(log, 4_000, 6_000)));
        out.writeInt(2);

        List<ByteBuffer> parts = out.finish();

        assertEquals(
                List.of(8, 4_000, 6_000, 4),
                parts.stream().map(ByteBuffer::remaining).toList());
        log[0] = 42;
        assertEquals(42, parts.get(1).get(parts.get(1).position()));
        assertEquals(10_000, parts.get(0).getInt(4));
    }

    @Test
    void writingLeavesTheCallersBuffersWhereTheyAre() {
        ByteBuffer small = ByteBuffer.allocate(10);
        ByteBuffer large = ByteBuffer.allocate(10_000);
        WireWriter out = new WireWriter(16);
        out.writeBytes(small);
        out.writeRecords(List.of(large));
        out.finish().forEach(part -> part.position(part.limit()));

        assertEquals(10, small.remaining());
        assertEquals(10_000, large.remaining());
    }

    @Test
    void smallRecordsAreCopiedSinceThatIsCheaper() {
        WireWriter out = new WireWriter(64);
        out.writeCompactRecords(List.of(ByteBuffer.wrap(new byte[] {1, 2}), ByteBuffer.wrap(new byte[] {3})));

        List<ByteBuffer> parts = out.finish();

        assertEquals(1, parts.size());
        assertEquals(ByteBuffer.wrap(new byte[] {4, 1, 2, 3}), parts.get(0));
    }

    @Test
    void aMessageThatNobodyWouldTakeIsGivenUpBeforeItFillsTheMemory() {
        WireWriter out = WireWriter.framed(1);
        String text = "x".repeat(Short.MAX_VALUE);

        assertThrows(IllegalStateException.class, () -> {
            while (out.size() <= 2 * WireWriter.MOST_OWN_BYTES) {
                out.writeString(text);
            }
        });
        assertTrue(out.size() <= WireWriter.MOST_OWN_BYTES, out.size() + " bytes");
    }

    @Test
    void aFrameBeginsWithTheLengthOfAllThatFollows() {
        WireWriter out = WireWriter.framed(1);
        out.writeLong(7);
        out.writeRecords(List.of(ByteBuffer.allocate(1_000)));

        ByteBuffer frame = out.finishAsOne();

        assertEquals(1_016, frame.remaining());
        assertEquals(1_012, frame.getInt(0));
        assertEquals(7, frame.getLong(4));
    }

    @Test
    void itGrowsWithoutMovingWhatWasWritten() {
        WireWriter out = new WireWriter(1);
        for (int i = 0; i < 100_000; i++) {
            out.writeInt(i);
        }
        assertEquals(400_000, out.size());

        ByteBuffer all = out.finishAsOne();
        for (int i = 0; i < 100_000; i++) {
            assertEquals(i, all.getInt());
        }
    }

    @Test
    void halfOfASurrogatePairBecomesAQuestionMark() {
        for (String text : List.of("\ud83d", "a\ude00b", "\ud83dx", "\ud83d\ud83d\ude00")) {
            WireWriter out = new WireWriter(8);
            out.writeString(text);
            ByteBuffer bytes = out.finishAsOne();
            byte[] written = new byte[bytes.remaining() - 2];
            bytes.position(2).get(written);

            assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), written);
            assertEquals(written.length, WireSize.ofUtf8(text));
        }
    }

    @Test
    void whatTheProtocolCannotHoldIsRefused() {
        WireWriter out = new WireWriter(8);

        assertThrows(IllegalArgumentException.class, () -> out.writeString("x".repeat(40_000)));
        assertThrows(IllegalArgumentException.class, () -> out.writeUnsignedShort(70_000));
        assertTrue(out.finish().isEmpty());
    }
}
