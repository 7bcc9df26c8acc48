package io.strikemq.adapter.kafka.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForeignProtocolTest {
    @Test
    void tlsIsKnownByItsFirstRecord() {
        assertEquals(Optional.of(ForeignProtocol.TLS), ForeignProtocol.guess(0x16030102));
        assertEquals(Optional.of(ForeignProtocol.TLS), ForeignProtocol.guess(0x160303ff));
    }

    @Test
    void httpIsKnownByItsMethod() {
        for (String request : new String[] {"GET / HTTP/1.1", "PUT /v1", "POST /v1", "DELETE /", "HEAD /"}) {
            assertEquals(Optional.of(ForeignProtocol.HTTP), guess(request));
        }
    }

    @Test
    void anythingElseIsNotGuessed() {
        assertEquals(Optional.empty(), guess("SSH-2.0"));
        assertEquals(Optional.empty(), ForeignProtocol.guess(Integer.MAX_VALUE));
        assertEquals(Optional.empty(), ForeignProtocol.guess(-1));
    }

    private static Optional<ForeignProtocol> guess(String text) {
        return ForeignProtocol.guess(
                ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)).getInt());
    }
}
