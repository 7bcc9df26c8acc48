package io.strikemq.adapter.kafka.api;

import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.RequestHeader;
import io.strikemq.adapter.kafka.message.ResponseHeader;
import io.strikemq.adapter.kafka.net.ConnectionInfo;
import io.strikemq.adapter.kafka.net.RepeatedWarnings;
import io.strikemq.adapter.kafka.net.RequestHandler;
import io.strikemq.adapter.kafka.net.Responder;
import io.strikemq.adapter.kafka.net.Response;
import io.strikemq.adapter.kafka.wire.MalformedMessageException;
import io.strikemq.adapter.kafka.wire.RequestMessage;
import io.strikemq.adapter.kafka.wire.ResponseMessage;
import io.strikemq.adapter.kafka.wire.WireReader;
import io.strikemq.adapter.kafka.wire.WireWriter;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.intercept.Interceptors;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.request.Printable;
import io.strikemq.domain.request.RequestContext;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place through which every request and every answer passes.
 *
 * <p>An API or a version that is not served closes the connection, as in Kafka; ApiVersions alone is answered at any
 * version (KIP-511), since it is how a client finds out. A {@link BrokerException} is answered with its code, by the
 * API; whatever else is thrown, Errors too, with UNKNOWN_SERVER_ERROR, a log line with its stack and a count.
 */
public final class RequestPipeline implements RequestHandler, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RequestPipeline.class);
    private static final int TYPICAL_RESPONSE = 256;

    private final Supplier<ApiRegistry> apis;
    private final Executor workers;
    private final Interceptors interceptors;
    private final HeldAnswers held;
    private final RepeatedWarnings failureLog;
    private final LongAdder failures = new LongAdder();

    /**
     * A pipeline of APIs.
     *
     * @param apis         asked once for each request, which is theirs then; cheap
     * @param workers      handle what may wait, one request of a connection at a time
     * @param clock        for failures, which are not to be logged too often
     * @param interceptors who wants to see the requests
     * @param deadlines    for what faults make wait
     */
    public RequestPipeline(
            Supplier<ApiRegistry> apis, Executor workers, Clock clock, Interceptors interceptors, Deadlines deadlines) {
        this.apis = apis;
        this.workers = workers;
        this.interceptors = interceptors;
        this.held = new HeldAnswers(deadlines);
        this.failureLog = new RepeatedWarnings(LOG::error, clock);
    }

    /** How many requests met an exception that nobody expected. */
    public long failures() {
        return failures.sum();
    }

    @Override
    public void handle(ConnectionInfo connection, ByteBuffer frame, Responder responder) {
        short id = frame.getShort(frame.position());
        short version = frame.getShort(frame.position() + 2);
        Api<?> api = apis.get().find(id);
        if (api == null) {
            responder.close("it asks for API " + id + ", version " + version + ", which is not served");
            return;
        }
        try {
            if (version >= api.key().lowestVersion() && version <= api.key().highestStableVersion()) {
                call(api, version, connection, frame, responder);
            } else if (api.key() == ApiKey.API_VERSIONS) {
                answerUnknownVersion(api, connection, frame, responder);
            } else {
                responder.close("it asks for " + api.key().displayName() + " version " + version + ", served are "
                        + api.key().lowestVersion() + " to " + api.key().highestStableVersion());
            }
        } catch (MalformedMessageException e) {
            responder.close("its " + api.key().displayName() + " request, version " + version + ", is malformed: "
                    + e.getMessage());
        }
    }

    private <Q extends RequestMessage> void call(
            Api<Q> api, short version, ConnectionInfo connection, ByteBuffer frame, Responder responder) {
        int start = frame.position();
        WireReader in = new WireReader(frame);
        RequestHeader header = RequestHeader.read(in, api.key().requestHeaderVersion(version));
        Q request = api.read(in, version);
        String clientId = header.clientId() == null ? "" : header.clientId();
        RequestContext context = new RequestContext(
                connection.listener().brokerId(),
                connection.listener().name(),
                RequestContext.ANONYMOUS,
                clientId,
                connection.clientAddress());
        ApiCall<Q> call = new ApiCall<>(this, api, header, request, connection, context, responder);
        Interceptors.Active interceptors = this.interceptors.active();
        if (interceptors == null) {
            dispatch(call);
        } else {
            intercept(interceptors, call, frame.position(start));
        }
    }

    /** Has a call handled, by a worker where that may wait. */
    <Q extends RequestMessage> void dispatch(ApiCall<Q> call) {
        if (call.api().mayWait()) {
            workers.execute(() -> handle(call.api(), call));
        } else {
            handle(call.api(), call);
        }
    }

    /** A failure of those who look on is no failure of the request. */
    private <Q extends RequestMessage> void intercept(
            Interceptors.Active interceptors, ApiCall<Q> call, ByteBuffer frame) {
        try {
            call.interceptedBy(
                    Interception.of(this, interceptors, call, apis.get().topicNames()));
        } catch (RuntimeException | Error e) {
            failed(call, "could not be looked at", e);
        }
        if (call.interception() == null) {
            dispatch(call);
        } else {
            call.interception().begin(frame);
        }
    }

    private <Q extends RequestMessage> void handle(Api<Q> api, ApiCall<Q> call) {
        try {
            if (api.isOffered()) {
                api.handle(call);
            } else {
                call.reply(api.refusal(call.request(), call.version(), ErrorCode.UNSUPPORTED_VERSION, null));
            }
        } catch (RuntimeException | Error e) {
            refuse(call, e);
        }
    }

    /** Only the start of the header is sure to be where it is in the versions that are known. */
    private <Q extends RequestMessage> void answerUnknownVersion(
            Api<Q> api, ConnectionInfo connection, ByteBuffer frame, Responder responder) {
        RequestHeader header = RequestHeader.builder()
                .correlationId(frame.getInt(frame.position() + 4))
                .build();
        ApiCall<Q> call = new ApiCall<>(this, api, header, null, connection, null, responder);
        send(call, api.refusal(null, (short) 0, ErrorCode.UNSUPPORTED_VERSION, null), () -> {});
    }

    /** Turns a failure into the API's own answer; where even that fails, the connection is closed, so that nobody waits. */
    <Q extends RequestMessage> void refuse(ApiCall<Q> call, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        ErrorCode error = ErrorCode.UNKNOWN_SERVER_ERROR;
        String message = null;
        if (cause instanceof BrokerException refused) {
            error = refused.error();
            message = refused.getMessage();
            if (call.interception() != null) {
                call.interception().refusedFor(message);
            }
        } else {
            failed(call, "failed", cause);
        }
        ResponseMessage refusal;
        try {
            refusal = call.api().refusal(call.request(), call.version(), error, message);
        } catch (RuntimeException | Error e) {
            failed(call, "cannot be refused", e);
            call.close("its " + call.api().key().displayName() + " request failed, and so did its refusal");
            return;
        }
        sendRefusal(call, refusal, error.name());
    }

    /** Answers with a refusal; where the request asks for no answer, and so there is none, the connection is closed. */
    <Q extends RequestMessage> void sendRefusal(ApiCall<Q> call, ResponseMessage refusal, String reason) {
        if (refusal == null) {
            call.close("its " + call.api().key().displayName() + " request failed with " + reason
                    + " and asks for no answer");
        } else {
            send(call, refusal, () -> {});
        }
    }

    /** Counts and logs what nobody expected. */
    void failed(ApiCall<?> call, String how, Throwable cause) {
        failures.increment();
        String client = call.context() == null
                ? ""
                : " (" + Printable.name(call.context().clientId()) + ")";
        failureLog.warn(
                call.api().key().displayName() + " version " + call.version() + " from " + call.connection() + client
                        + " " + how,
                cause);
    }

    /** Puts an answer on its way. */
    <Q extends RequestMessage> void send(ApiCall<Q> call, ResponseMessage message, Runnable release) {
        if (call.interception() != null) {
            call.interception().answer(message, release);
            return;
        }
        List<ByteBuffer> bytes = write(call, message, release);
        if (bytes != null) {
            call.responder().send(new Response(bytes, release));
        }
    }

    /** The bytes of an answer; null when it cannot be written: then it is released, and the connection closed. */
    List<ByteBuffer> write(ApiCall<?> call, ResponseMessage message, Runnable release) {
        ApiKey key = call.api().key();
        WireWriter out = WireWriter.framed(TYPICAL_RESPONSE);
        try {
            ResponseHeader header =
                    ResponseHeader.builder().correlationId(call.correlationId()).build();
            header.write(out, key.responseHeaderVersion(call.version()));
            message.write(out, call.version());
            return out.finish();
        } catch (RuntimeException | Error e) {
            failed(call, "has an answer that cannot be written", e);
            release.run();
            call.close("its answer could not be written");
            return null;
        }
    }

    /** What faults make wait. */
    HeldAnswers held() {
        return held;
    }

    /** Whatever faults hold back now goes on at once. Callable from any thread. */
    public void letGo() {
        held.letGo();
    }

    /** Lets go what faults hold back, and tells how many failures were not logged. */
    @Override
    public void close() {
        held.close();
        failureLog.close();
    }
}
