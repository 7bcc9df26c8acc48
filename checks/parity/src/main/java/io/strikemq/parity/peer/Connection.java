package io.strikemq.parity.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.strikemq.parity.message.Messages;
import io.strikemq.wire.generator.model.MessageSpec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** One connection to a broker: requests out, answers back in their order. Not thread-safe. */
public final class Connection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int SILENCE_MILLIS = 300;

    private final Messages messages;
    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final Deque<Request> unanswered = new ArrayDeque<>();
    private int lastCorrelationId;

    private record Request(String api, int version, int correlationId) {}

    /** A request as a case has it. */
    public record Call(String api, int version, String clientId, JsonNode body) {}

    public Connection(Messages messages, Peer peer) {
        this.messages = messages;
        try {
            socket = new Socket(Peer.HOST, peer.port());
            socket.setTcpNoDelay(true);
            in = new DataInputStream(socket.getInputStream());
            out = new DataOutputStream(socket.getOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a request and does not wait. */
    public void send(Call call) {
        MessageSpec request = messages.request(call.api());
        ByteBuffer body = messages.write(request, call.version(), call.body());
        int headerVersion = request.flexible().contains(call.version()) ? 2 : 1;
        int correlationId = ++lastCorrelationId;
        JsonNode header = JsonNodeFactory.instance
                .objectNode()
                .put("requestApiKey", request.apiKey())
                .put("requestApiVersion", call.version())
                .put("correlationId", correlationId)
                .put("clientId", call.clientId());
        ByteBuffer head = messages.write(messages.spec("RequestHeader"), headerVersion, header);
        try {
            out.writeInt(head.remaining() + body.remaining());
            out.write(head.array(), 0, head.remaining());
            out.write(body.array(), 0, body.remaining());
            out.flush();
        } catch (IOException e) {
            // A broker that has closed the connection already is seen when the answer is read.
        }
        unanswered.add(new Request(call.api(), call.version(), correlationId));
    }

    /** The next answer: a message, or that the connection was closed or stays silent. */
    public Answer receive() {
        return receive(PATIENCE_MILLIS);
    }

    /** For requests that shall not be answered: silence is what is expected. */
    public Answer receiveNothing() {
        return receive(SILENCE_MILLIS);
    }

    private Answer receive(int patienceMillis) {
        Request request = unanswered.remove();
        try {
            socket.setSoTimeout(patienceMillis);
            byte[] frame = new byte[in.readInt()];
            in.readFully(frame);
            return decode(request, ByteBuffer.wrap(frame));
        } catch (SocketTimeoutException e) {
            return Answer.without("silence");
        } catch (EOFException | SocketException e) {
            return Answer.without("closed");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer decode(Request request, ByteBuffer frame) {
        byte[] bytes = frame.array();
        int correlationId = frame.getInt();
        if (correlationId != request.correlationId) {
            return Answer.without("an answer to request " + correlationId + " instead of " + request.correlationId);
        }
        MessageSpec response = messages.response(request.api);
        try {
            boolean isFlexible = response.flexible().contains(request.version);
            if (isFlexible && !request.api.equals("ApiVersions") && frame.get() != 0) {
                return Answer.without("tagged fields in the header");
            }
            return Answer.of(messages.read(response, request.version, frame), bytes);
        } catch (RuntimeException e) {
            return unsupportedVersion(request, bytes, e);
        }
    }

    /** Whoever asks for ApiVersions in a version that is not there is answered in version 0. */
    private Answer unsupportedVersion(Request request, byte[] bytes, RuntimeException problem) {
        if (!request.api.equals("ApiVersions")) {
            return Answer.without("unreadable: " + problem.getMessage());
        }
        ByteBuffer body = ByteBuffer.wrap(bytes, 4, bytes.length - 4);
        return Answer.of(messages.read(messages.response("ApiVersions"), 0, body), bytes);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
