package io.strikemq.adapter.rest;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;

/**
 * Sends an answer piece by piece, each when the client has taken the one before; while it does not, no thread waits.
 * A client that does not take a piece in time is cut off.
 */
final class AnswerSender extends IteratingCallback {
    private final Response response;
    private final Answer.InPieces pieces;
    private final TimeLimit timeLimit;
    private final Callback whenSent;
    private ByteBuffer next;

    /**
     * Sends the first piece and all others, each within the time limit.
     *
     * @param first the piece that was made already
     * @param pieces makes the others
     * @param whenSent hears of the end
     */
    AnswerSender(Response response, ByteBuffer first, Answer.InPieces pieces, TimeLimit timeLimit, Callback whenSent) {
        this.response = response;
        this.next = first;
        this.pieces = pieces;
        this.timeLimit = timeLimit;
        this.whenSent = whenSent;
    }

    /** Sends an answer that is there as a whole. */
    static void send(Response response, ByteBuffer content, TimeLimit timeLimit, Callback whenSent) {
        if (response.getHeaders().getField(HttpHeader.CONTENT_LENGTH) == null && content.hasRemaining()) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.remaining());
        }
        timeLimit.start();
        response.write(true, content, Callback.from(timeLimit::stop, whenSent));
    }

    @Override
    protected Action process() {
        timeLimit.stop();
        if (next == null && !pieces.hasMore()) {
            return Action.SUCCEEDED;
        }
        ByteBuffer piece = next != null ? next : pieces.next();
        next = null;
        timeLimit.start();
        response.write(!pieces.hasMore(), piece, this);
        return Action.SCHEDULED;
    }

    /** Pieces are read from the log: that is nothing for the selector's thread. */
    @Override
    public InvocationType getInvocationType() {
        return InvocationType.BLOCKING;
    }

    @Override
    protected void onCompleteSuccess() {
        whenSent.succeeded();
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        timeLimit.stop();
        whenSent.failed(cause);
    }
}
