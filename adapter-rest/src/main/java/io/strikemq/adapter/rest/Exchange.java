package io.strikemq.adapter.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.server.Components;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call between the network and the servlet: its body on the way in, its answer on the way out, and the memory that
 * both take. The servlet's thread never waits for a byte: the body is whole before an endpoint is asked, and the answer
 * leaves after it returned.
 */
final class Exchange implements Callback {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final String ATTRIBUTE = Exchange.class.getName();

    private final Request request;
    private final CollectedResponse response;
    private final Callback whenOver;
    private final RestLimits limits;
    private final MemoryBudget.Share memory;
    private volatile Answer.InPieces pieces;
    private volatile ByteBuffer first;

    /** {@code whenOver} hears of the end, when the answer was sent or cannot be. */
    Exchange(Request request, Response response, Callback whenOver, RestLimits limits, MemoryBudget budget) {
        this.request = request;
        this.response = new CollectedResponse(request, response);
        this.whenOver = whenOver;
        this.limits = limits;
        this.memory = budget.share();
        request.setAttribute(ATTRIBUTE, this);
    }

    /** The exchange that a servlet's request belongs to. */
    static Exchange of(HttpServletRequest request) {
        return (Exchange) request.getAttribute(ATTRIBUTE);
    }

    /** Where the servlet writes to. */
    Response response() {
        return response;
    }

    /** What this call may take. */
    MemoryBudget.Share memory() {
        return memory;
    }

    /** The body, once it is whole; a {@link Refusal} where it is larger than the limit, too slow, or cut short. */
    CompletableFuture<ByteBuffer> readBody(int limit) {
        BodyReader reader = new BodyReader(request, limit, limits.maxRequestBytes(), memory);
        TimeLimit time = timeLimit(limits.body(), () -> reader.cancel(BodyReader.tooSlow()));
        time.start();
        return reader.read().whenComplete((body, failure) -> time.stop());
    }

    /** The answer, once it is made. */
    CompletableFuture<Answer> whenMade(Answer answer) {
        return answer.later().map(this::await).orElseGet(() -> CompletableFuture.completedFuture(answer));
    }

    /** The answer that comes later; who asked waits no longer than it says, and is forgotten when it hangs up. */
    CompletableFuture<Answer> await(Answer.Later later) {
        TimeLimit time = timeLimit(later.within(), later.whenLate());
        Runnable watch = CallerWatch.begin(request.getConnectionMetaData().getConnection(), later.whenGone());
        time.start();
        return later.answer()
                .whenComplete((answer, failure) -> {
                    watch.run();
                    time.stop();
                })
                .toCompletableFuture();
    }

    /** Hands the body to the sink as it arrives; what that answers at the end, or a {@link Refusal} where it is too slow or cut short. */
    CompletableFuture<Answer> streamBody(BodyStream.Sink sink) {
        AtomicReference<BodyPump> pump = new AtomicReference<>();
        TimeLimit time = timeLimit(limits.body(), () -> pump.get().cancel(BodyReader.tooSlow()));
        pump.set(new BodyPump(request, sink, time, limits.maxRequestBytes()));
        return pump.get().pump();
    }

    /** Answers with these pieces in place of what the servlet writes. The first one is made here, or fails here. */
    void answerWith(Answer.InPieces pieces) {
        first = pieces.next();
        this.pieces = pieces.hasMore() ? pieces : null;
    }

    /** Answers with this in place of what the servlet writes. */
    void answerWith(ByteBuffer whole) {
        first = whole;
    }

    /** Answers without asking the servlet. */
    void refuse(int status, String message) {
        response.setStatus(status);
        response.getHeaders().put("Content-Type", Json.CONTENT_TYPE);
        AnswerSender.send(response.getWrapped(), ByteBuffer.wrap(Json.error(message)), answerLimit(), end());
    }

    /** The servlet is done: what it left behind is sent. */
    @Override
    public void succeeded() {
        if (pieces != null) {
            new AnswerSender(response.getWrapped(), first, pieces, answerLimit(), end()).iterate();
        } else {
            ByteBuffer content = first != null ? first : response.content();
            AnswerSender.send(response.getWrapped(), content, answerLimit(), end());
        }
    }

    @Override
    public void failed(Throwable failure) {
        end().failed(failure);
    }

    /** The memory goes back before others hear of the end, so that who sees an answer sees it free. */
    private Callback end() {
        return Callback.from(this::letGo, whenOver);
    }

    /** A connection whose client is gone keeps its request, with attributes, until it is closed: nothing may hang on it. */
    private void letGo() {
        first = null;
        pieces = null;
        request.removeAttribute(ATTRIBUTE);
        memory.close();
    }

    private TimeLimit answerLimit() {
        return timeLimit(limits.answer(), () -> {
            LOG.debug("{} does not take its answer", request);
            request.getConnectionMetaData().getConnection().getEndPoint().close();
        });
    }

    private TimeLimit timeLimit(Duration limit, Runnable whenExceeded) {
        Components components = request.getComponents();
        return new TimeLimit(components.getScheduler(), components.getExecutor(), limit, whenExceeded);
    }
}
