package io.strikemq.adapter.kafka.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Slow, greedy, half-closed and vanishing clients, some of which do not read, with a handler that answers now, later or
 * never: the loop never spins, answers keep their order, and all memory is given back.
 */
class ConnectionProperties {
    private static final int CLIENTS = 5;
    private static final int STEPS = 80;

    private Random random;
    private LoopFixture fixture;
    private List<Peer> peers;
    private List<Responder> unanswered;
    private AtomicInteger released;
    private int responses;

    @Property(tries = 60)
    void whateverClientsDoTheLoopRestsAndGivesEverythingBack(@ForAll long seed) throws IOException {
        random = new Random(seed);
        peers = new ArrayList<>();
        unanswered = new ArrayList<>();
        released = new AtomicInteger();
        responses = 0;
        fixture = new LoopFixture().handlingBy(this::handle);
        try {
            for (int i = 0; i < CLIENTS; i++) {
                peers.add(new Peer(fixture.connect()));
            }
            for (int step = 0; step < STEPS; step++) {
                step();
                fixture.turnUntilQuiet();
            }
            while (!unanswered.isEmpty()) {
                answer(unanswered.remove(0));
                fixture.turnUntilQuiet();
            }
            peers.forEach(Peer::checkAnswers);
        } finally {
            peers.forEach(peer -> peer.client.close());
            fixture.close();
        }
        assertEquals(0, fixture.load.failures());
        assertEquals(0, fixture.connections());
        assertEquals(0, fixture.budget.used());
        assertEquals(0, fixture.load.unsentBytes());
        assertEquals(responses, released.get(), "each answer's memory is released once");
    }

    private void handle(ConnectionInfo connection, ByteBuffer frame, Responder responder) {
        long number = frame.getLong();
        Responder numbered = new Numbered(responder, number);
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> unanswered.add(numbered);
            case 3, 4 -> {
                responder.park(() -> unanswered.remove(numbered));
                unanswered.add(numbered);
            }
            case 5 -> responder.none();
            default -> answer(numbered);
        }
    }

    private void answer(Responder responder) {
        long number = ((Numbered) responder).number;
        ByteBuffer bytes = TestClient.frame(number, random.nextInt(4) == 0 ? random.nextInt(60_000) : 0);
        responses++;
        responder.send(new Response(List.of(bytes), released::incrementAndGet));
    }

    private void step() throws IOException {
        Peer peer = peers.get(random.nextInt(CLIENTS));
        switch (random.nextInt(20)) {
            case 0 -> peer.endOutput();
            case 1 -> peer.vanish();
            case 2, 3 -> fixture.advance(Duration.ofMillis(random.nextInt(3000)));
            case 4, 5, 6 -> peer.checkAnswers();
            case 7, 8, 9, 10 -> {
                if (!unanswered.isEmpty()) {
                    answer(unanswered.remove(random.nextInt(unanswered.size())));
                }
            }
            default -> peer.sendSome();
        }
    }

    /** A client's side: what it still has to send, and what it has heard. */
    private final class Peer {
        private TestClient client;
        private ByteBuffer rest = ByteBuffer.allocate(0);
        private long sent;
        private boolean ended;

        Peer(TestClient client) {
            this.client = client;
        }

        void sendSome() {
            if (ended) {
                return;
            }
            if (!rest.hasRemaining()) {
                rest = TestClient.frame(sent++, random.nextInt(3) == 0 ? random.nextInt(900_000) : random.nextInt(100));
            }
            int end = rest.limit();
            boolean isPart = random.nextBoolean();
            rest.limit(isPart ? rest.position() + random.nextInt(rest.remaining() + 1) : end);
            try {
                client.sendBytes(rest);
            } catch (UncheckedIOException e) {
                // Closed by the broker, which waits for nobody who stands still while memory is short.
                ended = true;
            }
            rest.limit(end);
        }

        void endOutput() throws IOException {
            if (!ended) {
                client.endOutput();
                ended = true;
            }
        }

        void vanish() throws IOException {
            if (random.nextBoolean()) {
                client.reset();
            } else {
                client.close();
            }
            fixture.turnUntilQuiet();
            if (fixture.connections() < LoopFixture.LIMITS.maxConnections()) {
                client = fixture.connect();
                rest = ByteBuffer.allocate(0);
                sent = 0;
                ended = false;
            } else {
                ended = true;
            }
        }

        void checkAnswers() {
            long before = -1;
            for (long answer : client.answers()) {
                assertTrue(answer > before, "answers come in order, each once: " + client.answers());
                before = answer;
            }
        }
    }

    /** A responder that knows the request's number. */
    private record Numbered(Responder responder, long number) implements Responder {
        @Override
        public void send(Response response) {
            responder.send(response);
        }

        @Override
        public void none() {
            responder.none();
        }

        @Override
        public void close(String reason) {
            responder.close(reason);
        }

        @Override
        public void holds(long bytes) {
            responder.holds(bytes);
        }

        @Override
        public void hangUp() {
            responder.hangUp();
        }

        @Override
        public void reset() {
            responder.reset();
        }

        @Override
        public void withhold() {
            responder.withhold();
        }

        @Override
        public void sendPart(Response part) {
            responder.sendPart(part);
        }

        @Override
        public void later(Runnable action) {
            responder.later(action);
        }

        @Override
        public void park(Runnable cancellation) {
            responder.park(cancellation);
        }
    }
}
