package io.strikemq.adapter.kafka.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class WireSizeProperties {
    @Property(tries = 300)
    void anyStringIsEncodedAndMeasuredAsTheJdkDoes(@ForAll String text) {
        byte[] expected = text.getBytes(StandardCharsets.UTF_8);
        WireWriter out = new WireWriter(8);
        out.writeCompactString(text);
        ByteBuffer bytes = out.finishAsOne();

        assertEquals(expected.length, WireSize.ofUtf8(text));
        assertEquals(bytes.remaining(), WireSize.ofCompactString(text));
        assertEquals(new String(expected, StandardCharsets.UTF_8), new WireReader(bytes).readCompactString());
    }

    @Property(tries = 300)
    void anyVarintComesBackAndIsMeasured(@ForAll int value) {
        WireWriter out = new WireWriter(5);
        out.writeUnsignedVarint(value);
        ByteBuffer bytes = out.finishAsOne();

        assertEquals(bytes.remaining(), WireSize.ofUnsignedVarint(value));
        assertEquals(value, new WireReader(bytes).readUnsignedVarint());
    }
}
