package io.strikemq.adapter.kafka.net;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** What else clients speak to a Kafka port by mistake, told by the four bytes where Kafka has a length. */
enum ForeignProtocol {
    TLS("this looks like TLS, and this listener speaks the Kafka protocol without it: set security.protocol=PLAINTEXT"),
    HTTP("this looks like HTTP, and this is the port of the Kafka protocol: the REST API has a port of its own");

    /** A TLS record of the kind that a handshake begins with, and the major version of all of them. */
    private static final int TLS_HANDSHAKE = 0x1603;

    private static final Set<String> HTTP_BEGINNINGS =
            Set.of("GET ", "HEAD", "POST", "PUT ", "DELE", "OPTI", "PATC", "CONN", "TRAC", "PRI ");

    private final String hint;

    ForeignProtocol(String hint) {
        this.hint = hint;
    }

    /** What these four bytes begin; empty when that is not known. */
    static Optional<ForeignProtocol> guess(int firstFour) {
        if (firstFour >>> 16 == TLS_HANDSHAKE) {
            return Optional.of(TLS);
        }
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(firstFour).array();
        return HTTP_BEGINNINGS.contains(new String(bytes, StandardCharsets.US_ASCII))
                ? Optional.of(HTTP)
                : Optional.empty();
    }

    /** A sentence for the log. */
    String hint() {
        return hint;
    }
}
