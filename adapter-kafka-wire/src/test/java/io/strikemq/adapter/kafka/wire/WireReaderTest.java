package io.strikemq.adapter.kafka.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireReaderTest {
    @Test
    void recordsAreASliceOfTheInput() {
        ByteBuffer input = ByteBuffer.wrap(new byte[] {0, 0, 0, 3, 1, 2, 3, 9});

        List<ByteBuffer> records = new WireReader(input).readRecords();

        assertEquals(1, records.size());
        assertEquals(3, records.get(0).remaining());
        assertSame(input.array(), records.get(0).array());
        assertEquals(1, input.remaining());
    }

    @Test
    void nullsAreNull() {
        assertNull(reader("ffff").readString());
        assertNull(reader("00").readCompactString());
        assertNull(reader("ffffffff").readBytes());
        assertNull(reader("00").readCompactRecords());
        assertEquals(-1, reader("ffffffff").readArrayLength(1));
        assertNull(reader("ffffffff").readStringList());
    }

    @Test
    void aNullWhereNoneIsAllowedIsMalformed() {
        assertThrows(MalformedMessageException.class, () -> reader("00").present(null, "topics"));
        assertThrows(
                MalformedMessageException.class, () -> reader("00000001ffff").readStringList());
    }

    @Test
    void aLengthBeyondTheEndIsMalformedBeforeAnythingIsAllocated() {
        assertThrows(MalformedMessageException.class, () -> reader("7fffffff00").readBytes());
        assertThrows(MalformedMessageException.class, () -> reader("7fff00").readString());
        assertThrows(
                MalformedMessageException.class, () -> reader("ffffffff0700").readCompactBytes());
        assertThrows(MalformedMessageException.class, () -> reader("7fffffff00").readArrayLength(1));
        assertThrows(
                MalformedMessageException.class,
                () -> reader("0000000200000000").readArrayLength(4));
        assertThrows(MalformedMessageException.class, () -> reader("ffffffff0f").readTaggedFields());
    }

    @Test
    void aTextThatWouldBeTooLongToBeSentBackIsMalformed() {
        assertThrows(
                MalformedMessageException.class,
                () -> reader("7fff" + "ff".repeat(Short.MAX_VALUE)).readString());
        assertEquals(
                "x".repeat(Short.MAX_VALUE),
                reader("7fff" + "78".repeat(Short.MAX_VALUE)).readString());
        assertEquals(
                "\ufffd".repeat(10_922), reader("2aaa" + "ff".repeat(10_922)).readString());
    }

    @Test
    void negativeLengthsOtherThanNullAreMalformed() {
        assertThrows(MalformedMessageException.class, () -> reader("fffe").readString());
        assertThrows(MalformedMessageException.class, () -> reader("80000000").readBytes());
        assertThrows(MalformedMessageException.class, () -> reader("fffffffe").readArrayLength(1));
        assertThrows(MalformedMessageException.class, () -> reader("8080808008").readCompactString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "80", "ffffffffff", "808080808000"})
    void aVarintThatDoesNotEndIsMalformed(String bytes) {
        assertThrows(MalformedMessageException.class, () -> reader(bytes).readUnsignedVarint());
    }

    @Test
    void aMillionElementsAreTheMost() {
        ByteBuffer input = ByteBuffer.allocate(1_000_010).putInt(0, 1_000_001);

        assertThrows(MalformedMessageException.class, () -> new WireReader(input).readArrayLength(1));
    }

    @Test
    void taggedFieldsAreKeptAsTheyCame() {
        WireReader in = reader("02" + "05" + "02" + "abcd" + "07" + "00");

        List<TaggedField> fields = in.readTaggedFields();

        assertEquals(List.of(5, 7), fields.stream().map(TaggedField::tag).toList());
        assertEquals(
                ByteBuffer.wrap(new byte[] {(byte) 0xab, (byte) 0xcd}),
                fields.get(0).data());
        assertEquals(0, in.remaining());
    }

    private static WireReader reader(String hex) {
        return new WireReader(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }
}
