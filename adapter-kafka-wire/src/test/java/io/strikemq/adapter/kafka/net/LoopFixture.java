package io.strikemq.adapter.kafka.net;

import io.strikemq.adapter.kafka.listener.ConnectionLimits;
import io.strikemq.adapter.kafka.listener.ListenerSettings;
import io.strikemq.domain.port.out.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** An event loop that the test turns by hand, with a clock that only the test moves. */
final class LoopFixture implements RequestHandler, AutoCloseable {
    static final ConnectionLimits LIMITS =
            new ConnectionLimits(1 << 20, 1 << 20, 10, Duration.ofMinutes(10), 64 * 1024, 1 << 20);
    private static final int TURNS = 200_000;

    final ServerLoad load;
    final MemoryBudget budget;
    final EventLoop loop;
    /** Requests that the test answers by hand, by the number that the client sent. */
    final List<Long> seen = new ArrayList<>();

    final List<Responder> responders = new ArrayList<>();
    private final ServerSocketChannel server;
    private RequestHandler handler = this;
    private long now;

    LoopFixture() throws IOException {
        this(LIMITS);
    }

    LoopFixture(ConnectionLimits limits) throws IOException {
        Clock clock = new FrozenClock();
        load = new ServerLoad(limits.totalUnsentBytes(), clock);
        budget = new MemoryBudget(limits.bufferedRequestBytes());
        loop = new EventLoop(
                (connection, frame, responder) -> handler.handle(connection, frame, responder),
                limits,
                budget,
                load,
                clock);
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** Answers each request by this from now on. */
    LoopFixture handlingBy(RequestHandler newHandler) {
        handler = newHandler;
        return this;
    }

    @Override
    public void handle(ConnectionInfo connection, ByteBuffer frame, Responder responder) {
        seen.add(frame.getLong());
        responders.add(responder);
    }

    /** A client of this loop. */
    TestClient connect() throws IOException {
        SocketChannel client = SocketChannel.open(server.getLocalAddress());
        client.configureBlocking(false);
        SocketChannel accepted = server.accept();
        accepted.configureBlocking(false);
        load.connections().incrementAndGet();
        ListenerSettings listener = ListenerSettings.on(1, (InetSocketAddress) server.getLocalAddress());
        loop.adopt(
                accepted,
                ConnectionInfo.of(listener, (InetSocketAddress) accepted.getLocalAddress(), (InetSocketAddress)
                        accepted.getRemoteAddress()));
        turn();
        return new TestClient(client);
    }

    int turn() throws IOException {
        return loop.runOnce(now);
    }

    /** Turns the loop until the selector has nothing to report; fails when it reports the same again and again. */
    void turnUntilQuiet() throws IOException {
        int quietTurns = 0;
        for (int i = 0; quietTurns < 20; i++) {
            if (i == 5_000) {
                throw new AssertionError("the loop spins");
            }
            quietTurns = turn() == 0 ? quietTurns + 1 : 0;
        }
    }

    void turns(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            turn();
        }
    }

    /** Turns the loop until something is so. */
    void turnUntil(BooleanSupplier condition) throws IOException {
        for (int i = 0; i < TURNS; i++) {
            turn();
            if (condition.getAsBoolean()) {
                return;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("it did not come about within " + TURNS + " turns");
    }

    void advance(Duration duration) throws IOException {
        now += duration.toNanos();
        turn();
    }

    int connections() {
        return load.connections().get();
    }

    @Override
    public void close() throws IOException {
        loop.end();
        server.close();
    }

    private final class FrozenClock implements Clock {
        @Override
        public long wallClockMillis() {
            return now / 1_000_000;
        }

        @Override
        public long monotonicNanos() {
            return now;
        }
    }
}
