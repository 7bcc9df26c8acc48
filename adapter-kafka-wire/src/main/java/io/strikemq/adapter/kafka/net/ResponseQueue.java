package io.strikemq.adapter.kafka.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Answers on their way out, in the order of their requests. Many of them leave in one gathering write. Belongs to one
 * event loop.
 */
final class ResponseQueue {
    /** How many buffers one write takes. */
    static final int GATHER = 64;
    /** The JDK copies heap buffers to direct ones, which it keeps for ever: no more than this at once. */
    private static final int HEAP_STEP = 128 * 1024;

    private final Deque<Response> responses = new ArrayDeque<>();
    private final ServerLoad load;
    /** The first buffer of the first response that is not sent yet. */
    private int nextBuffer;

    private long unsent;

    ResponseQueue(ServerLoad load) {
        this.load = load;
    }

    void add(Response response) {
        long size = response.size();
        responses.add(response);
        unsent += size;
        load.unsent(size);
    }

    boolean isEmpty() {
        return responses.isEmpty();
    }

    long unsentBytes() {
        return unsent;
    }

    /**
     * Sends as much as the channel takes; whoever sent the last byte of a response releases it.
     *
     * @param scratch at least {@link #GATHER} long, all null before and after
     * @return how many bytes were sent
     */
    long writeTo(GatheringByteChannel channel, ByteBuffer[] scratch) throws IOException {
        long total = 0;
        boolean channelFull = false;
        dropSent();
        while (!responses.isEmpty() && !channelFull) {
            int count = gather(scratch);
            ByteBuffer last = scratch[count - 1];
            int limit = last.limit();
            last.limit(last.position() + step(last));
            long offered = remaining(scratch, count);
            long sent;
            try {
                sent = channel.write(scratch, 0, count);
            } finally {
                last.limit(limit);
                Arrays.fill(scratch, 0, count, null);
            }
            total += sent;
            unsent -= sent;
            load.unsent(-sent);
            channelFull = sent < offered;
            dropSent();
        }
        return total;
    }

    /** How much of a buffer one write takes. */
    private static int step(ByteBuffer buffer) {
        return buffer.isDirect() ? buffer.remaining() : Math.min(buffer.remaining(), HEAP_STEP);
    }

    private int gather(ByteBuffer[] scratch) {
        int count = 0;
        int skip = nextBuffer;
        for (Response response : responses) {
            for (int i = skip; i < response.buffers().size(); i++) {
                ByteBuffer buffer = response.buffers().get(i);
                scratch[count++] = buffer;
                if (count == GATHER || step(buffer) < buffer.remaining()) {
                    return count;
                }
            }
            skip = 0;
        }
        return count;
    }

    private void dropSent() {
        while (!responses.isEmpty()) {
            Response first = responses.peek();
            while (nextBuffer < first.buffers().size()
                    && !first.buffers().get(nextBuffer).hasRemaining()) {
                nextBuffer++;
            }
            if (nextBuffer < first.buffers().size()) {
                return;
            }
            responses.remove();
            nextBuffer = 0;
            first.release().run();
        }
    }

    /** Releases what was not sent. */
    void close() {
        load.unsent(-unsent);
        unsent = 0;
        while (!responses.isEmpty()) {
            responses.remove().release().run();
        }
    }

    private static long remaining(ByteBuffer[] buffers, int count) {
        long remaining = 0;
        for (int i = 0; i < count; i++) {
            remaining += buffers[i].remaining();
        }
        return remaining;
    }
}
