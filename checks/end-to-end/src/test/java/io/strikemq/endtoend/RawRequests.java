package io.strikemq.endtoend;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A few requests written by hand, for clients that no library would be. */
final class RawRequests {
    private static final int FETCH = 1;
    private static final int API_VERSIONS = 18;

    private RawRequests() {}

    /** ApiVersions 0. */
    static byte[] apiVersions(int correlationId) throws IOException {
        return frame(API_VERSIONS, 0, correlationId, body -> {});
    }

    /** Fetch 4 from offset 0 of partition 0, not waiting. */
    static byte[] fetch(String topic, int correlationId, int maxBytes) throws IOException {
        return fetch(topic, correlationId, maxBytes, 0, 0);
    }

    /** Fetch 4 from offset 0 of partition 0, which waits so many ms for so many bytes. */
    static byte[] fetch(String topic, int correlationId, int maxBytes, int maxWaitMs, int minBytes) throws IOException {
        return frame(FETCH, 4, correlationId, body -> {
            body.writeInt(-1); // replica id
            body.writeInt(maxWaitMs);
            body.writeInt(minBytes);
            body.writeInt(maxBytes);
            body.writeByte(0); // isolation level
            body.writeInt(1);
            string(body, topic);
            body.writeInt(1);
            body.writeInt(0); // partition
            body.writeLong(0); // offset
            body.writeInt(maxBytes);
        });
    }

    /** Reads a whole answer and returns its correlation id. */
    static int readCorrelationId(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] answer = new byte[in.readInt()];
        in.readFully(answer);
        return (answer[0] & 0xff) << 24 | (answer[1] & 0xff) << 16 | (answer[2] & 0xff) << 8 | answer[3] & 0xff;
    }

    private static byte[] frame(int apiKey, int version, int correlationId, Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(apiKey);
        out.writeShort(version);
        out.writeInt(correlationId);
        string(out, "raw");
        body.writeTo(out);
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        new DataOutputStream(framed).writeInt(bytes.size());
        bytes.writeTo(framed);
        return framed.toByteArray();
    }

    private static void string(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    private interface Body {
        void writeTo(DataOutputStream out) throws IOException;
    }
}
