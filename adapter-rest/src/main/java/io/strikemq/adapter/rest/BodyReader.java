package io.strikemq.adapter.rest;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Collects a request's body as its bytes arrive; while none do, no thread waits.
 *
 * <p>A body beyond the limit is read to its end, without keeping it, and refused then: a client that is still sending
 * would not read the reason. Where its length was told, the client waits for leave to send it
 * ({@code Expect: 100-continue}), or it is larger than all bodies may be, it is refused at once.
 */
final class BodyReader implements Runnable {
    private final Request request;
    private final int limit;
    private final int maxRequestBytes;
    private final BudgetedBytes bytes;
    private final CompletableFuture<ByteBuffer> whole = new CompletableFuture<>();
    private long arrived;
    /** Why the rest of the body is only read to be thrown away; null while it is kept. */
    private Refusal refusal;

    /** Reads a body of at most {@code limit} bytes, and throws away at most {@code maxRequestBytes}. */
    BodyReader(Request request, int limit, int maxRequestBytes, MemoryBudget.Share memory) {
        this.request = request;
        this.limit = limit;
        this.maxRequestBytes = maxRequestBytes;
        this.bytes = new BudgetedBytes(memory);
    }

    /** Begins to read. The body comes as a future, which a {@link Refusal} ends. Call it once. */
    CompletableFuture<ByteBuffer> read() {
        long announced = request.getLength();
        boolean waitsForLeave = request.getHeaders().contains(HttpHeader.EXPECT);
        if (announced > maxRequestBytes || announced > limit && waitsForLeave) {
            whole.completeExceptionally(tooLarge());
        } else {
            if (announced > limit) {
                refusal = tooLarge();
            }
            run();
        }
        return whole;
    }

    /** Ends the reading for this reason, unless it ended before. */
    void cancel(Refusal reason) {
        whole.completeExceptionally(reason);
    }

    /** Takes what has arrived, and asks to be called again when there is more. */
    @Override
    public void run() {
        boolean more = true;
        while (more && !whole.isDone()) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            more = take(chunk);
        }
    }

    private boolean take(Content.Chunk chunk) {
        if (Content.Chunk.isFailure(chunk)) {
            whole.completeExceptionally(
                    chunk.getFailure() instanceof TimeoutException
                            ? tooSlow()
                            : new Refusal(400, "the request's body ends early"));
            return false;
        }
        boolean last = chunk.isLast();
        try {
            keep(chunk.getByteBuffer());
        } finally {
            chunk.release();
        }
        if (last) {
            end();
        } else if (arrived > maxRequestBytes) {
            whole.completeExceptionally(refusal);
        }
        return !last;
    }

    private void keep(ByteBuffer chunk) {
        arrived += chunk.remaining();
        if (refusal == null && arrived > limit) {
            refuse(tooLarge());
        }
        if (refusal == null) {
            try {
                bytes.write(chunk);
            } catch (Refusal noMemory) {
                refuse(noMemory);
            }
        }
    }

    private void refuse(Refusal reason) {
        refusal = reason;
        bytes.release();
    }

    private void end() {
        if (refusal == null) {
            whole.complete(bytes.written());
        } else {
            whole.completeExceptionally(refusal);
        }
    }

    private Refusal tooLarge() {
        return new Refusal(413, "the request's body is larger than the " + limit + " bytes accepted");
    }

    static Refusal tooSlow() {
        return new Refusal(408, "the request's body does not arrive in time");
    }
}
