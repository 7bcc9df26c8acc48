package io.strikemq.adapter.rest;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Hands a request's body on as its bytes arrive; while none do, no thread waits. Each megabyte has to arrive in time.
 *
 * <p>After the sink has refused a piece, the rest is read without being handed on, as far as any body may go: a client that is still sending would not
 * read the reason.
 */
final class BodyPump implements Runnable {
    private static final int BYTES_IN_TIME = 1 << 20;

    private final Request request;
    private final BodyStream.Sink sink;
    private final TimeLimit time;
    private final long mostThrownAway;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private long sinceStart;
    private long thrownAway;
    /** Why the rest of the body is only read to be thrown away; null while it is handed on. */
    private RuntimeException refusal;

    /** {@code time} is started here; whom it tells has to {@link #cancel}. */
    BodyPump(Request request, BodyStream.Sink sink, TimeLimit time, long mostThrownAway) {
        this.request = request;
        this.sink = sink;
        this.time = time;
        this.mostThrownAway = mostThrownAway;
    }

    /** Begins to read. The answer comes as a future. Call it once. */
    CompletableFuture<Answer> pump() {
        time.start();
        run();
        return answer;
    }

    /** Ends the reading for this reason, unless it ended before. */
    void cancel(Refusal reason) {
        answer.completeExceptionally(reason);
    }

    /** Takes what has arrived, and asks to be called again when there is more. */
    @Override
    public void run() {
        boolean more = true;
        while (more && !answer.isDone()) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            more = take(chunk);
        }
        time.stop();
    }

    private boolean take(Content.Chunk chunk) {
        if (Content.Chunk.isFailure(chunk)) {
            answer.completeExceptionally(
                    chunk.getFailure() instanceof TimeoutException
                            ? BodyReader.tooSlow()
                            : new Refusal(400, "the request's body ends early"));
            return false;
        }
        boolean last = chunk.isLast();
        try {
            handOn(chunk);
        } finally {
            chunk.release();
        }
        if (last) {
            end();
        } else if (thrownAway > mostThrownAway) {
            answer.completeExceptionally(refusal);
        }
        return !last;
    }

    private void handOn(Content.Chunk chunk) {
        int size = chunk.remaining();
        sinceStart += size;
        if (sinceStart >= BYTES_IN_TIME) {
            sinceStart = 0;
            time.start();
        }
        if (refusal != null) {
            thrownAway += size;
            return;
        }
        try {
            sink.accept(chunk.getByteBuffer());
        } catch (RuntimeException e) {
            refusal = e;
        }
    }

    private void end() {
        try {
            if (refusal != null) {
                throw refusal;
            }
            answer.complete(sink.end());
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }
}
