package io.strikemq.adapter.kafka.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.strikemq.adapter.kafka.InboundPorts;
import io.strikemq.adapter.kafka.KafkaApis;
import io.strikemq.adapter.kafka.listener.ListenerSettings;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.RequestHeader;
import io.strikemq.adapter.kafka.message.ResponseHeader;
import io.strikemq.adapter.kafka.net.ConnectionInfo;
import io.strikemq.adapter.kafka.net.Responder;
import io.strikemq.adapter.kafka.net.Response;
import io.strikemq.adapter.kafka.wire.RequestMessage;
import io.strikemq.adapter.kafka.wire.ResponseMessage;
import io.strikemq.adapter.kafka.wire.WireReader;
import io.strikemq.adapter.kafka.wire.WireWriter;
import io.strikemq.domain.intercept.Interceptors;
import io.strikemq.domain.port.out.ManualTime;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.requests.AbstractResponse;

/**
 * A client's talk with all APIs on top of a fake broker, byte by byte as on a socket. What is answered is read by the
 * generated classes and, where Kafka's own client still knows the version, by that too.
 */
public final class Conversation implements Responder {
    static final int BROKER_ID = 7;
    private static final int CORRELATION_ID = 4711;

    private final ManualTime time = new ManualTime();
    private final List<String> endings = new ArrayList<>();
    private final List<ByteBuffer> parts = new ArrayList<>();
    private final Interceptors interceptors = new Interceptors();
    private final RequestPipeline pipeline;
    private final ConnectionInfo connection;
    private Response response;
    private boolean unanswered;
    private String closedBecause;
    private Runnable cancellation;
    private ByteBuffer frame;
    private long held;
    private int workerTasks;
    private final Queue<Runnable> workers = new ArrayDeque<>();

    public Conversation(InboundPorts ports) {
        ListenerSettings listener = ListenerSettings.on(BROKER_ID, new InetSocketAddress("127.0.0.1", 0));
        connection = ConnectionInfo.of(
                listener, new InetSocketAddress("127.0.0.1", 9092), new InetSocketAddress("127.0.0.2", 50000));
        ApiRegistry apis = KafkaApis.on(ports, new AdvertisedAddresses(List::of));
        pipeline = new RequestPipeline(() -> apis, workers::add, time, interceptors, time);
    }

    /** Sends a request and reads the answer that must have come at once. */
    public <R extends ResponseMessage> R ask(Class<R> type, RequestMessage request, int version) {
        send(request, version);
        return answer(type, request, version);
    }

    /** Sends a request that may be answered later. */
    public void send(RequestMessage request, int version) {
        ApiKey key = ApiKey.forId(request.apiKey());
        WireWriter out = new WireWriter(256);
        RequestHeader.builder()
                .requestApiKey(key.id())
                .requestApiVersion((short) version)
                .correlationId(CORRELATION_ID)
                .clientId("client")
                .build()
                .write(out, key.requestHeaderVersion((short) version));
        request.write(out, (short) version);
        sendBytes(out.finishAsOne());
    }

    /** Sends any bytes; like on a socket, they are gone when the call returns, before workers begin. */
    public void sendBytes(ByteBuffer bytes) {
        response = null;
        unanswered = false;
        closedBecause = null;
        cancellation = null;
        held = 0;
        frame = ByteBuffer.allocateDirect(bytes.remaining()).put(bytes).flip();
        pipeline.handle(connection, frame.duplicate(), this);
        overwriteFrame();
        runWorkers();
    }

    /** Whatever faults hold back goes on at once, as by a reset. */
    public void letGo() {
        pipeline.letGo();
    }

    private void overwriteFrame() {
        for (int i = 0; i < frame.limit(); i++) {
            frame.put(i, (byte) 0x55);
        }
    }

    private void runWorkers() {
        while (!workers.isEmpty()) {
            workerTasks++;
            workers.remove().run();
        }
    }

    /** Reads the answer. */
    public <R extends ResponseMessage> R answer(Class<R> type, RequestMessage request, int version) {
        assertNotNull(response, "no answer to " + request + " version " + version + ", closed: " + closedBecause);
        ApiKey key = ApiKey.forId(request.apiKey());
        ByteBuffer bytes = joined();
        assertEquals(bytes.remaining() - 4, bytes.getInt(), "the frame's length");
        WireReader in = new WireReader(bytes);
        ResponseHeader header = ResponseHeader.read(in, key.responseHeaderVersion((short) version));
        assertEquals(CORRELATION_ID, header.correlationId());
        if (ApiKeys.forId(key.id()).isVersionSupported((short) version)) {
            AbstractResponse theirs = AbstractResponse.parseResponse(
                    ApiKeys.forId(key.id()), new ByteBufferAccessor(bytes.duplicate()), (short) version);
            assertNotNull(theirs);
        }
        ResponseMessage ours = key.readResponse(in, (short) version);
        assertEquals(0, bytes.remaining(), "bytes behind the answer");
        return type.cast(ours);
    }

    private ByteBuffer joined() {
        ByteBuffer all = ByteBuffer.allocate(
                response.buffers().stream().mapToInt(ByteBuffer::remaining).sum());
        response.buffers().forEach(buffer -> all.put(buffer.duplicate()));
        return all.flip();
    }

    @Override
    public void send(Response sent) {
        response = sent;
    }

    @Override
    public void none() {
        unanswered = true;
    }

    @Override
    public void close(String reason) {
        closedBecause = reason;
    }

    @Override
    public void hangUp() {
        endings.add("hung up");
    }

    @Override
    public void reset() {
        endings.add("reset");
    }

    @Override
    public void withhold() {
        endings.add("withheld");
    }

    @Override
    public void sendPart(Response part) {
        parts.addAll(part.buffers());
    }

    @Override
    public void later(Runnable action) {
        action.run();
    }

    @Override
    public void holds(long bytes) {
        held = bytes;
    }

    @Override
    public void park(Runnable action) {
        cancellation = action;
    }

    /** Who sees what is sent. */
    public Interceptors interceptors() {
        return interceptors;
    }

    /** The time by which faults delay. */
    public ManualTime time() {
        return time;
    }

    /** How the connection ended, other than by an answer or for a reason. */
    public List<String> endings() {
        return endings;
    }

    /** What of the answer was sent before its last part. */
    public List<ByteBuffer> parts() {
        return parts;
    }

    public Response response() {
        return response;
    }

    public boolean isUnanswered() {
        return unanswered;
    }

    public String closedBecause() {
        return closedBecause;
    }

    public Runnable cancellation() {
        return cancellation;
    }

    /** How often workers were needed. */
    public int workerTasks() {
        return workerTasks;
    }

    /** How much memory the request said that it holds. */
    public long held() {
        return held;
    }

    public long failures() {
        return pipeline.failures();
    }
}
