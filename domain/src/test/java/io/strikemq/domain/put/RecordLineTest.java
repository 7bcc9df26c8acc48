package io.strikemq.domain.put;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.record.Record;
import io.strikemq.domain.record.RecordHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A record as a line of JSON: whatever is written is read as it was; what is no such line is refused with a sentence. */
class RecordLineTest {
    private final RecordLine line = new RecordLine();

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private String written(Record record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        line.write(out, 3, record);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aLineHasThePeeksWords() throws IOException {
        Record plain = new Record(7, 5, bytes("k\"\\\n\u0001ü"), null, List.of());
        assertEquals(
                "{\"partition\":3,\"offset\":7,\"timestamp\":5,\"key\":\"k\\\"\\\\\\u000a\\u0001ü\",\"value\":null}\n",
                written(plain));
        ByteBuffer binary = ByteBuffer.wrap(new byte[] {(byte) 0xc3, 0x28});
        Record other =
                new Record(8, -1, null, binary, List.of(new RecordHeader("h", binary), new RecordHeader("n", null)));
        assertEquals(
                "{\"partition\":3,\"offset\":8,\"timestamp\":-1,\"key\":null,\"value\":\"wyg=\",\"value_encoding\":\"base64\","
                        + "\"headers\":[{\"key\":\"h\",\"value\":\"wyg=\",\"value_encoding\":\"base64\"},{\"key\":\"n\",\"value\":null}]}\n",
                written(other));
    }

    @Property(tries = 500)
    void everyByteIsReadAsItWasWritten(
            @ForAll byte[] key,
            @ForAll String value,
            @ForAll @LongRange(min = -1) long timestamp,
            @ForAll @Size(max = 3) List<byte[]> headers)
            throws IOException {
        List<RecordHeader> some = headers.stream()
                .map(each -> new RecordHeader("h" + each.length, each.length == 1 ? null : ByteBuffer.wrap(each)))
                .toList();
        ByteBuffer stored = bytes(value);
        String text = written(new Record(9, timestamp, key.length == 2 ? null : ByteBuffer.wrap(key), stored, some));
        ReadLine read = ReadLine.of(bytes(text.strip()));
        RecordToPut expected =
                new RecordToPut(9L, timestamp, key.length == 2 ? null : ByteBuffer.wrap(key), stored, some);
        assertEquals(new ReadLine(3, expected, null), read);
    }

    @Test
    void aDamagedBatchKeepsItsBytes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        line.writeDamaged(out, 1, 40, ByteBuffer.wrap(new byte[] {0, -1}));
        assertEquals(
                "{\"partition\":1,\"offset\":40,\"damaged_batch\":\"AP8=\"}\n", out.toString(StandardCharsets.UTF_8));
        ReadLine read = ReadLine.of(ByteBuffer.wrap(out.toByteArray()));
        assertEquals(ByteBuffer.wrap(new byte[] {0, -1}), read.damagedBatch());
    }

    @Test
    void whatIsNoStringIsItsJson() {
        ReadLine read = ReadLine.of(bytes(" { \"value\" : {\"a\": [1, true , null, \"x\"]} , \"key\":-1.5e3 } "));
        assertEquals(bytes("{\"a\": [1, true , null, \"x\"]}"), read.record().value());
        assertEquals(bytes("-1.5e3"), read.record().key());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                  | 'value' is missing; null makes a tombstone
            []                                  | there should be '{' at column 1, not '['
            {"value":1} x                       | there should be nothing more at column 13, not 'x'
            {"value":1                          | there should be '}' at column 11, not the end
            {"value":01}                        | there should be a value at column 10, not '0'
            {"value":tru}                       | there should be a value at column 10, not 't'
            {"value":"a}                        | there should be the end of a string at column 13, not the end
            {"value":"\\x"}                     | there should be one of "\\/bfnrtu at column 12, not 'x'
            {"value":"\\u12g4"}                 | there should be a hexadecimal digit at column 15, not 'g'
            {"value":"\\ud800"}                 | value has half of a surrogate pair, which UTF-8 cannot hold
            {"value":1,"value":2}               | 'value' is there twice
            {"valu":1}                          | 'valu' is no field of a record
            {"value":1,"offset":-1}             | offset must be a whole number from 0 to 1152921504606846976, not -1
            {"value":1,"timestamp":"x"}         | timestamp must be a whole number from -1 on, not "x"
            {"value":1,"partition":null}        | partition must be a whole number from 0 to 2147483647, not null
            {"value":1,"value_encoding":"hex"}  | value_encoding must be "utf-8" or "base64", not "hex"
            {"value":1,"value_encoding":"base64"} | value must be a string, since it is said to be base64
            {"value":"????","value_encoding":"base64"} | value is not base64: Illegal base64 character 3f
            {"value":1,"headers":[{"key":"a"}]} | a header must have a key and a value, which may be null
            {"value":1,"headers":[{"k":"a"}]}   | 'k' is no field of a header
            {"value":1,"headers":{}}            | there should be '[' at column 22, not '{'
            """)
    void whatIsNoRecordIsRefused(String text, String message) {
        BrokerException refused = assertThrows(BrokerException.class, () -> ReadLine.of(bytes(text)));
        assertEquals(message, refused.getMessage());
        assertEquals(ErrorCode.INVALID_REQUEST, refused.error());
    }

    @Test
    void whatIsNoUtf8OrTooDeepIsRefused() {
        assertThrows(BrokerException.class, () -> ReadLine.of(ByteBuffer.wrap(new byte[] {'{', '"', -1, '"', '}'})));
        BrokerException deep =
                assertThrows(BrokerException.class, () -> ReadLine.of(bytes("{\"value\":" + "[".repeat(100_000))));
        assertEquals("there are more than 500 values in each other at column 511", deep.getMessage());
    }

    @Property(tries = 1000)
    void nothingButARefusalComesOfAnyText(@ForAll String text) {
        try {
            ReadLine.of(bytes("{" + text + "}"));
        } catch (BrokerException refused) {
            assertEquals(ErrorCode.INVALID_REQUEST, refused.error());
        }
    }
}
