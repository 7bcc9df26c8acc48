package io.strikemq.adapter.kafka.net;

import io.strikemq.adapter.kafka.listener.ConnectionLimits;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client. Requests are handled strictly one after the other, as in Kafka: the next one when the one before was
 * answered, though not necessarily sent. Belongs to one event loop for life; no method may be called on another thread.
 */
final class Connection implements MemoryShare.Waiter {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    /** A frame that others wait for must bring at least {@link #LEAST_PROGRESS} bytes in this time. */
    static final long STALL_NANOS = Duration.ofSeconds(5).toNanos();

    private static final int LEAST_PROGRESS = 64 * 1024;
    private static final String STALLED =
            "its request stands still half-sent, and others wait for the memory that it takes";

    private static final long NOT_WATCHED = Long.MIN_VALUE;

    /** What a connection is waiting for. */
    enum State {
        /** The next request. */
        READING,
        /** The answer to a request. */
        ANSWERING,
        /** The client, which does not read its answers: it is not read from either. */
        CONGESTED,
        /** Memory for the rest of a large request. */
        STARVED,
        /** The end of the client: it gets no answer any more. */
        SILENT,
        /** Nothing any more. */
        CLOSED
    }

    private final EventLoop loop;
    private final SocketChannel channel;
    private final ConnectionInfo info;
    private final ConnectionLimits limits;
    private final FrameReader frames;
    private final ResponseQueue responses;
    private SelectionKey key;
    private State state = State.READING;
    private Exchange exchange;
    private boolean handling;
    /** Whether nothing more will come from this client, or (closing) nothing more is wanted. */
    private boolean inputEnded;

    private long lastActive;

    /** Since when it is watched whether a frame moves on for which others wait, and how much had come by then. */
    private long watchedSince = NOT_WATCHED;

    private long receivedBefore;

    Connection(EventLoop loop, SocketChannel channel, ConnectionInfo info, ConnectionLimits limits) {
        this.loop = loop;
        this.channel = channel;
        this.info = info;
        this.limits = limits;
        this.frames = new FrameReader(limits.maxRequestBytes(), loop.pool(), loop.budget(), this);
        this.responses = new ResponseQueue(loop.load());
    }

    /** Begins to be served. */
    void register(SelectionKey ownKey, long now) {
        key = ownKey;
        lastActive = now;
    }

    /** The selector found the channel ready. */
    void ready(long now) {
        guarded(() -> {
            int ready = key.readyOps();
            lastActive = now;
            if ((ready & SelectionKey.OP_READ) != 0) {
                read();
            }
            proceed();
        });
    }

    State state() {
        return state;
    }

    boolean isHandling(Exchange candidate) {
        return handling && exchange == candidate;
    }

    /**
     * When this connection has been silent for too long; a request that is worked on keeps it alive, unless the client
     * ended its side and may have gone altogether.
     */
    long idleDeadline(long maxIdleNanos) {
        boolean isAwaited = state == State.ANSWERING && !inputEnded;
        return (isAwaited ? loop.now() : lastActive) + maxIdleNanos;
    }

    /** A client that has ended its side may still read: what it has asked for is answered, as by Kafka. */
    private void read() throws IOException {
        if (state == State.SILENT) {
            inputEnded |= channel.read(loop.readBuffer().clear()) < 0;
            return;
        }
        assert hasRoom() : "bytes are read only where there is room for them";
        if (frames.fill(channel, loop.readBuffer()) < 0) {
            inputEnded = true;
        }
    }

    /** Handles what there is to handle, sends what there is to send, and decides what to wait for. */
    private void proceed() throws IOException {
        do {
            handleFrames();
            flush();
        } while (state == State.READING && frames.hasNext());
        if (state == State.CLOSED) {
            return;
        }
        settle();
        // Only a frame whose turn has come may take more: one that waits behind another would keep it from the rest.
        if (state == State.READING && !frames.makeRoom(loop.readBuffer().capacity())) {
            become(State.STARVED);
            loop.memoryIsShort();
        }
        if (inputEnded && state != State.ANSWERING && state != State.CONGESTED && responses.isEmpty()) {
            close();
            return;
        }
        listen();
    }

    private void settle() {
        if (state == State.SILENT) {
            frames.close();
        } else {
            frames.settle();
        }
    }

    /** Handles frames until there is none, or one has to wait for its answer, or too many answers are to be sent. */
    private void handleFrames() {
        while (state == State.READING && !isCongested() && frames.hasNext()) {
            handleNext();
        }
    }

    private void handleNext() {
        ByteBuffer frame = frames.next();
        watchedSince = NOT_WATCHED;
        exchange = new Exchange(this, loop);
        handling = true;
        try {
            loop.handler().handle(info, frame, exchange);
        } finally {
            handling = false;
        }
        if (exchange != null && state == State.READING) {
            become(State.ANSWERING);
        }
    }

    private boolean isCongested() {
        return responses.unsentBytes() >= limits.unsentBytes()
                || !responses.isEmpty() && loop.load().isUnsentFull();
    }

    private void flush() throws IOException {
        if (state == State.CLOSED) {
            close();
            return;
        }
        if (!responses.isEmpty() && responses.writeTo(channel, loop.scratch()) > 0) {
            lastActive = loop.now();
        }
        if (state == State.READING && isCongested()) {
            become(State.CONGESTED);
        } else if (state == State.CONGESTED && !isCongested()) {
            become(State.READING);
        }
    }

    /**
     * Tells the selector what this connection waits for. The client's end is seen by reading; where nothing is read,
     * it is seen when the answer, the memory or the silence that is waited for has come.
     */
    private void listen() {
        int interest = responses.isEmpty() ? 0 : SelectionKey.OP_WRITE;
        boolean wantsBytes = state == State.READING
                || state == State.ANSWERING
                        && frames.buffered() < loop.readBuffer().capacity() / 2;
        if ((wantsBytes && hasRoom() || state == State.SILENT) && !inputEnded) {
            interest |= SelectionKey.OP_READ;
        }
        if (key.interestOps() != interest) {
            key.interestOps(interest);
        }
    }

    private boolean hasRoom() {
        return frames.hasRoom(loop.readBuffer().capacity());
    }

    /** A response for the request that is being worked on; too late, it is only released. */
    void answered(Exchange answeredExchange, Response response) {
        if (exchange != answeredExchange || state == State.CLOSED) {
            response.release().run();
            return;
        }
        responses.add(response);
        finished();
    }

    /** The request needs no answer. */
    void unanswered(Exchange answeredExchange) {
        if (exchange == answeredExchange && state != State.CLOSED) {
            finished();
        }
    }

    /** The request was not one that this broker can answer. */
    void refused(Exchange refusedExchange, String reason) {
        if (exchange == refusedExchange && state != State.CLOSED) {
            exchange = null;
            warn(reason);
            closeSoon();
        }
    }

    /** A part of the answer; the rest follows. */
    void partlyAnswered(Exchange answeredExchange, Response part) {
        if (exchange == answeredExchange && state != State.CLOSED) {
            responses.add(part);
            if (!handling) {
                guarded(this::proceed);
            }
        }
    }

    /** Whoever works on the request goes on, on this loop. */
    void goOn(Exchange worked, Runnable action) {
        if (exchange == worked && state != State.CLOSED) {
            guarded(action::run);
        }
    }

    /** The request is answered by closing the connection; before that, something may be done to it. */
    void cut(Exchange answeredExchange, Step before) {
        if (exchange == answeredExchange && state != State.CLOSED) {
            exchange = null;
            LOG.debug("Closing the connection from {}, as a fault", info);
            guarded(before);
            closeSoon();
        }
    }

    /** To close it now sends the client an RST. */
    void resetAtClose() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    }

    /** The request is never answered, and so nothing more on this connection. */
    void withheld(Exchange answeredExchange) {
        if (exchange == answeredExchange && state != State.CLOSED) {
            exchange = null;
            become(State.SILENT);
            if (!handling) {
                guarded(this::proceed);
            }
        }
    }

    private void finished() {
        exchange = null;
        if (!handling) {
            become(State.READING);
            guarded(this::proceed);
        }
    }

    /** There may be memory again. Called on any thread. */
    @Override
    public void roomAgain() {
        loop.post(() -> {
            if (state == State.STARVED) {
                become(State.READING);
                guarded(this::proceed);
            }
        });
    }

    /** Takes no further request; closes when the last answer is sent. */
    void drain() {
        guarded(() -> {
            inputEnded = true;
            frames.close();
            abandonParked();
            proceed();
        });
    }

    /** Whoever works on a parked request learns that nobody waits for it. */
    private void abandonParked() {
        if (state == State.ANSWERING && exchange.isParked()) {
            Exchange abandoned = exchange;
            exchange = null;
            become(State.READING);
            abandoned.cancel();
        }
    }

    /** Others wait for memory: closes if the frame that has begun holds some of it and hardly moves on. */
    void closeIfStalled(long now) {
        if (state != State.READING || !frames.holdsMemory()) {
            watchedSince = NOT_WATCHED;
        } else if (watchedSince == NOT_WATCHED) {
            watchFrom(now);
        } else if (now - watchedSince >= STALL_NANOS) {
            if (frames.received() - receivedBefore >= LEAST_PROGRESS) {
                watchFrom(now);
            } else if (frames.holdsWhatOthersWaitFor()) {
                warn(STALLED);
                close();
            }
        }
    }

    private void watchFrom(long now) {
        watchedSince = now;
        receivedBefore = frames.received();
    }

    /** Closes because the client was silent for too long. */
    void closeIdle() {
        LOG.debug("Closing the idle connection from {}", info);
        close();
    }

    /** While a frame is being handled its bytes must stay: the connection closes right after. */
    private void closeSoon() {
        if (handling) {
            become(State.CLOSED);
        } else {
            close();
        }
    }

    private void warn(String reason) {
        loop.load().refusals().warn("Closing the connection from " + info + ": " + reason);
    }

    /** Gives everything back. Calling it again does nothing. */
    void close() {
        assert loop.isCurrent() : "a connection is closed on its loop";
        if (key == null) {
            return;
        }
        become(State.CLOSED);
        key.cancel();
        key = null;
        Exchange abandoned = exchange;
        exchange = null;
        frames.close();
        responses.close();
        loop.forget(this, channel);
        if (abandoned != null) {
            abandoned.cancel();
        }
    }

    private void become(State next) {
        assert loop.isCurrent() : "a connection changes on its loop";
        assert state != State.CLOSED || next == State.CLOSED : "a closed connection stays closed";
        state = next;
    }

    /** The one place where a connection's failures end. */
    private void guarded(Step step) {
        if (state == State.CLOSED) {
            return;
        }
        try {
            step.run();
        } catch (MalformedFrameException e) {
            warn(e.getMessage());
            close();
        } catch (IOException e) {
            LOG.debug("The connection from {} broke: {}", info, e.getMessage());
            close();
        } catch (RuntimeException | Error e) {
            loop.load().failed();
            LOG.error("Closing the connection from {} after a failure", info, e);
            close();
        }
    }

    interface Step {
        void run() throws IOException;
    }
}
