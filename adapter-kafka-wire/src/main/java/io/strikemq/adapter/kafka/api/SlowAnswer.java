package io.strikemq.adapter.kafka.api;

import io.strikemq.adapter.kafka.net.Responder;
import io.strikemq.adapter.kafka.net.Response;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** An answer whose bytes are handed to the connection a few at a time, until all are let go. Used by one thread at a time. */
final class SlowAnswer {
    /** So often bytes are sent, where there are enough of them. */
    private static final Duration STEP = Duration.ofMillis(50);

    private final Deque<ByteBuffer> rest;
    private final Runnable release;
    private final Responder responder;
    private final HeldAnswers held;
    private final int stepBytes;
    private final Duration step;
    private final int letGoBefore;

    SlowAnswer(Response response, int bytesPerSecond, Responder responder, HeldAnswers held, int since) {
        this.rest = new ArrayDeque<>(response.buffers());
        this.release = response.release();
        this.responder = responder;
        this.held = held;
        this.letGoBefore = since;
        this.stepBytes = (int) Math.max(1, bytesPerSecond * STEP.toMillis() / 1000);
        this.step = Duration.ofNanos(Duration.ofSeconds(stepBytes).toNanos() / bytesPerSecond);
    }

    /** Waits, sends some bytes, and again; the last ones are the outcome of the request. */
    void send() {
        held.hold(step, held.timesLetGo(), responder, this::next, this::drop);
    }

    private void next() {
        List<ByteBuffer> part = take();
        if (rest.isEmpty()) {
            responder.send(new Response(part, release));
        } else {
            responder.sendPart(Response.of(part));
            send();
        }
    }

    private List<ByteBuffer> take() {
        List<ByteBuffer> part = new ArrayList<>();
        int wanted = held.timesLetGo() == letGoBefore ? stepBytes : Integer.MAX_VALUE;
        while (wanted > 0 && !rest.isEmpty()) {
            ByteBuffer first = rest.peek();
            int count = Math.min(wanted, first.remaining());
            part.add(first.slice(first.position(), count));
            first.position(first.position() + count);
            wanted -= count;
            if (!first.hasRemaining()) {
                rest.remove();
            }
        }
        return part;
    }

    /** The client is gone. */
    private void drop() {
        responder.none();
        release.run();
    }
}
