package io.strikemq.adapter.kafka.api;

import io.strikemq.adapter.kafka.message.RequestHeader;
import io.strikemq.adapter.kafka.net.ConnectionInfo;
import io.strikemq.adapter.kafka.net.Responder;
import io.strikemq.adapter.kafka.wire.RequestMessage;
import io.strikemq.adapter.kafka.wire.ResponseMessage;
import io.strikemq.adapter.kafka.wire.WireReader;
import io.strikemq.domain.request.RequestContext;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One request on its way through an API. Answered once, on any thread.
 *
 * @param <Q> the request
 */
public final class ApiCall<Q extends RequestMessage> {
    private static final Runnable NOTHING = () -> {};

    private final RequestPipeline pipeline;
    private final Api<Q> api;
    private final RequestHeader header;
    private Q request;
    private final ConnectionInfo connection;
    private final RequestContext context;
    private final Responder responder;
    /** Null while nobody wants to see the request. */
    private Interception<Q> interception;

    ApiCall(
            RequestPipeline pipeline,
            Api<Q> api,
            RequestHeader header,
            Q request,
            ConnectionInfo connection,
            RequestContext context,
            Responder responder) {
        this.pipeline = pipeline;
        this.api = api;
        this.header = header;
        this.request = request;
        this.connection = connection;
        this.context = context;
        this.responder = responder;
    }

    public Q request() {
        return request;
    }

    public short version() {
        return header.requestApiVersion();
    }

    /** Who asks. */
    public RequestContext context() {
        return context;
    }

    /** By which connection. */
    public ConnectionInfo connection() {
        return connection;
    }

    /** Answers. */
    public void reply(ResponseMessage response) {
        pipeline.send(this, response, NOTHING);
    }

    /** Answers; {@code release} runs once, when the bytes that the response refers to are no longer needed. */
    public void reply(ResponseMessage response, Runnable release) {
        pipeline.send(this, response, release);
    }

    /** Answers when the stage is complete; its failure becomes the API's refusal, a cancelled one is not answered. */
    public <T> void replyWhen(CompletionStage<T> stage, Function<T, ResponseMessage> toResponse) {
        whenDone(stage, result -> reply(toResponse.apply(result)));
    }

    /** Does something with the result of a stage, as {@link #replyWhen}. */
    public <T> void whenDone(CompletionStage<T> stage, Consumer<T> action) {
        stage.whenComplete((result, failure) -> {
            if (failure == null) {
                try {
                    action.accept(result);
                } catch (RuntimeException | Error e) {
                    fail(e);
                }
            } else if (!(failure instanceof CancellationException)) {
                fail(failure);
            } else if (interception != null) {
                interception.abandoned();
            }
        });
    }

    /** There is no answer to this request. */
    public void noReply() {
        if (interception == null) {
            responder.none();
        } else {
            interception.answerNothing();
        }
    }

    /** Closes the connection, with a log line that gives the reason. */
    public void close(String reason) {
        if (interception != null) {
            interception.closed();
        }
        responder.close(reason);
    }

    /** Says that the answer may take long and is of no use when the client goes away: then the action runs. */
    public void park(Runnable cancellation) {
        responder.park(cancellation);
    }

    /** Says how much memory is held for this call until it is answered, besides the frame: it counts as the frame did. */
    public void holds(long bytes) {
        responder.holds(bytes);
    }

    /** Answers with the API's refusal. */
    public void fail(Throwable failure) {
        pipeline.refuse(this, failure);
    }

    /** Before it is handled. */
    void interceptedBy(Interception<Q> seen) {
        interception = seen;
    }

    Interception<Q> interception() {
        return interception;
    }

    /** From now on the call is about this part of the request. */
    void narrow(Q part) {
        request = part;
    }

    /** Keeps the request beyond the call that handed it over: it is read again from a copy of its bytes. */
    void keep(ByteBuffer frame) {
        ByteBuffer copy = ByteBuffer.allocateDirect(frame.remaining())
                .put(frame.duplicate())
                .flip();
        responder.holds(copy.remaining());
        WireReader in = new WireReader(copy);
        RequestHeader.read(in, api.key().requestHeaderVersion(version()));
        request = api.read(in, version());
    }

    Api<Q> api() {
        return api;
    }

    int correlationId() {
        return header.correlationId();
    }

    Responder responder() {
        return responder;
    }
}
