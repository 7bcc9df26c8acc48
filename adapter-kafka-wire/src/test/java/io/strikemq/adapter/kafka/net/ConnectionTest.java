package io.strikemq.adapter.kafka.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionTest {
    private LoopFixture fixture;
    private TestClient client;

    @BeforeEach
    void connect() throws IOException {
        fixture = new LoopFixture();
        client = fixture.connect();
    }

    @AfterEach
    void everythingIsGivenBack() throws IOException {
        client.close();
        fixture.close();
        assertEquals(0, fixture.connections());
        assertEquals(0, fixture.load.unsentBytes());
        assertEquals(0, fixture.budget.used());
    }

    @Test
    void pipelinedRequestsAreAnsweredInTheirOrder() throws IOException {
        fixture.handlingBy((connection, frame, responder) -> responder.send(TestClient.answer(frame.getLong())));

        client.send(LongStream.range(0, 1000).toArray());
        fixture.turnUntil(() -> client.answers().size() == 1000);

        assertEquals(LongStream.range(0, 1000).boxed().toList(), client.answers());
    }

    @Test
    void aRequestIsHandledOnlyAfterTheOneBeforeWasAnswered() throws IOException {
        client.send(1, 2, 3);
        fixture.turnUntil(() -> fixture.seen.size() == 1);
        fixture.turns(3);
        assertEquals(List.of(1L), fixture.seen);

        fixture.responders.get(0).send(TestClient.answer(1));
        fixture.turnUntil(() -> fixture.seen.size() == 2);
        fixture.responders.get(1).none();
        fixture.turnUntil(() -> fixture.seen.size() == 3);
        fixture.responders.get(2).send(TestClient.answer(3));
        fixture.turnUntil(() -> client.answers().size() == 2);

        assertEquals(List.of(1L, 3L), client.answers());
    }

    @Test
    void anErrorInWhatOthersPostDoesNotEndTheLoop() throws IOException {
        fixture.handlingBy((connection, frame, responder) -> responder.send(TestClient.answer(frame.getLong())));
        fixture.loop.post(() -> {
            throw new OutOfMemoryError("an error that this test provokes");
        });

        client.send(1);
        fixture.turnUntil(() -> client.answers().size() == 1);

        assertEquals(1, fixture.load.failures());
    }

    @Test
    void aRequestWithoutAnswerDoesNotHoldUpTheNext() throws IOException {
        fixture.handlingBy((connection, frame, responder) -> {
            long number = frame.getLong();
            if (number % 2 == 0) {
                responder.none();
            } else {
                responder.send(TestClient.answer(number));
            }
        });

        client.send(0, 1, 2, 3);
        fixture.turnUntil(() -> client.answers().size() == 2);

        assertEquals(List.of(1L, 3L), client.answers());
    }

    @Test
    void anAnswerMayComeFromAnyThread() throws Exception {
        client.send(1);
        fixture.turnUntil(() -> fixture.responders.size() == 1);

        Thread other = new Thread(() -> fixture.responders.get(0).send(TestClient.answer(1)));
        other.start();
        other.join();
        fixture.turnUntil(() -> client.answers().size() == 1);
    }

    @Test
    void memoryThatARequestHoldsCountsUntilItIsAnsweredAlsoWhenItsClientHasGone() throws IOException {
        client.send(1);
        fixture.turnUntil(() -> fixture.responders.size() == 1);
        long before = fixture.budget.used();
        fixture.responders.get(0).holds(1000);
        assertEquals(before + 1000, fixture.budget.used());
        fixture.responders.get(0).send(TestClient.answer(1));
        assertEquals(before, fixture.budget.used());

        client.send(2);
        fixture.turnUntil(() -> fixture.responders.size() == 2);
        fixture.responders.get(1).holds(1000);
        client.close();
        fixture.turns(3);
        fixture.responders.get(1).none();
    }

    @Test
    void aSecondAnswerIsRefusedAndReleased() throws IOException {
        AtomicInteger released = new AtomicInteger();
        client.send(1);
        fixture.turnUntil(() -> fixture.responders.size() == 1);
        Responder responder = fixture.responders.get(0);
        responder.send(TestClient.answer(1));

        Response second = new Response(List.of(), released::incrementAndGet);
        assertThrows(IllegalStateException.class, () -> responder.send(second));

        assertEquals(1, released.get());
    }

    @Test
    void aParkedRequestIsDroppedWhenItsClientGoesAway() throws IOException {
        AtomicInteger cancelled = new AtomicInteger();
        AtomicInteger released = new AtomicInteger();
        fixture.handlingBy((connection, frame, responder) -> {
            responder.park(cancelled::incrementAndGet);
            fixture.responders.add(responder);
        });
        client.send(1);
        fixture.turnUntil(() -> fixture.responders.size() == 1);

        client.reset();
        fixture.turnUntil(() -> fixture.connections() == 0);
        fixture.responders.get(0).send(new Response(List.of(), released::incrementAndGet));
        fixture.turn();

        assertEquals(1, cancelled.get());
        assertEquals(1, released.get());
    }

    @Test
    void aClientThatEndsItsSideIsStillAnsweredAllThatItAskedFor() throws IOException {
        fixture.handlingBy((connection, frame, responder) -> {
            responder.park(() -> {});
            fixture.handle(connection, frame, responder);
        });
        client.send(1, 2);
        client.endOutput();
        fixture.turnUntil(() -> fixture.responders.size() == 1);
        fixture.turnUntilQuiet();

        fixture.responders.get(0).send(TestClient.answer(1));
        fixture.turnUntil(() -> fixture.responders.size() == 2);
        assertEquals(1, fixture.connections());
        fixture.responders.get(1).send(TestClient.answer(2));
        fixture.turnUntil(() -> fixture.connections() == 0);

        assertEquals(List.of(1L, 2L), client.answers());
    }

    @Test
    void aClientThatEndedItsSideIsNotWaitedForBeyondTheIdleTime() throws IOException {
        AtomicInteger cancelled = new AtomicInteger();
        fixture.handlingBy((connection, frame, responder) -> {
            responder.park(cancelled::incrementAndGet);
            fixture.handle(connection, frame, responder);
        });
        client.send(1);
        client.endOutput();
        fixture.turnUntil(() -> fixture.responders.size() == 1);
        fixture.turnUntilQuiet();

        fixture.advance(Duration.ofMinutes(10));

        assertEquals(0, fixture.connections());
        assertEquals(1, cancelled.get());
    }

    @Test
    void whatWaitsBehindALargeAnswerIsHandledOnceTheClientReads() throws IOException {
        int large = 10 << 20;
        fixture.handlingBy((connection, frame, responder) -> {
            long number = frame.getLong();
            fixture.seen.add(number);
            responder.send(Response.of(List.of(TestClient.frame(number, number == 1 ? large : 0))));
        });
        client.send(1, 2, 3);
        fixture.turnUntil(() -> fixture.seen.size() == 1);
        fixture.turnUntilQuiet();
        assertEquals(List.of(1L), fixture.seen, "the client does not read");

        client.skip(4 + 8 + large);
        fixture.turnUntil(() -> client.hasSkipped() && client.answers().size() == 2);

        assertEquals(List.of(2L, 3L), client.answers());
    }

    @Test
    void whatAClientSentBeforeItsEndIsStillHandled() throws IOException {
        fixture.handlingBy((connection, frame, responder) -> responder.send(TestClient.answer(frame.getLong())));

        client.send(1, 2, 3);
        client.endOutput();
        fixture.turnUntil(() -> fixture.connections() == 0);

        assertEquals(List.of(1L, 2L, 3L), client.answers());
    }

    @Test
    void aClientThatDoesNotReadIsNotReadFromAndTakesBoundedMemory() throws IOException {
        AtomicInteger handled = new AtomicInteger();
        AtomicInteger released = new AtomicInteger();
        fixture.handlingBy((connection, frame, responder) -> {
            handled.incrementAndGet();
            ByteBuffer answer = TestClient.frame(frame.getLong(), 20_000);
            responder.send(new Response(List.of(answer), released::incrementAndGet));
        });
        long sent = 0;
        long limit = LoopFixture.LIMITS.unsentBytes() + 20_012;
        int stalled = 0;
        ByteBuffer rest = ByteBuffer.allocate(0);
        while (stalled < 100) {
            if (!rest.hasRemaining()) {
                rest = TestClient.frame(sent++, 1000);
            }
            stalled = client.sendBytes(rest) == 0 ? stalled + 1 : 0;
            fixture.turn();
            assertTrue(fixture.load.unsentBytes() <= limit, "unsent " + fixture.load.unsentBytes());
        }
        assertTrue(handled.get() < sent, "some requests wait in the socket");

        ByteBuffer last = rest;
        fixture.turnUntil(
                () -> client.answers().size() == handled.get() && client.sendBytes(last) == 0 && !last.hasRemaining());
        long total = sent;
        fixture.turnUntil(() -> client.answers().size() == total);
        assertEquals(LongStream.range(0, total).boxed().toList(), client.answers());
        assertEquals(total, released.get());
    }

    @Test
    void largeRequestsWaitForMemoryAndAllComeThrough() throws IOException {
        List<Integer> sizes = new ArrayList<>();
        fixture.handlingBy((connection, frame, responder) -> {
            sizes.add(frame.remaining());
            responder.send(TestClient.answer(frame.getLong()));
        });
        List<TestClient> clients = new ArrayList<>();
        List<ByteBuffer> requests = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            clients.add(fixture.connect());
            requests.add(TestClient.frame(i, 700_000));
        }

        long limit = 2 * LoopFixture.LIMITS.bufferedRequestBytes() + 6 * 128 * 1024;
        fixture.turnUntil(() -> {
            for (int i = 0; i < clients.size(); i++) {
                clients.get(i).sendBytes(requests.get(i));
            }
            assertTrue(fixture.budget.used() <= limit, "buffered " + fixture.budget.used());
            return sizes.size() == 6;
        });

        assertEquals(Collections.nCopies(6, 700_008), sizes);
        clients.forEach(TestClient::close);
    }

    @Test
    void aFailureClosesItsConnectionAloneAndIsCounted() throws IOException {
        TestClient other = fixture.connect();
        fixture.handlingBy((connection, frame, responder) -> {
            if (frame.getLong() == 13) {
                throw new IllegalStateException("a failure that this test provokes");
            }
            responder.send(TestClient.answer(1));
        });

        client.send(13, 1);
        fixture.turnUntil(client::isClosed);
        other.send(1);
        fixture.turnUntil(() -> other.answers().size() == 1);

        assertEquals(1, fixture.load.failures());
        assertEquals(List.of(1L), other.answers());
        other.close();
    }

    @Test
    void aRefusedRequestClosesItsConnectionAfterTheAnswersBefore() throws IOException {
        fixture.handlingBy((connection, frame, responder) -> {
            long number = frame.getLong();
            if (number == 2) {
                responder.close("this test refuses it");
            } else {
                responder.send(TestClient.answer(number));
            }
        });

        client.send(2, 3);
        fixture.turnUntil(client::isClosed);

        assertEquals(0, fixture.load.failures());
    }

    @Test
    void aHugeLengthClosesTheConnection() throws IOException {
        client.sendBytes(ByteBuffer.allocate(12).putInt(Integer.MAX_VALUE).position(0));

        fixture.turnUntil(client::isClosed);

        assertEquals(0, fixture.load.failures());
    }

    @Test
    void aSilentConnectionIsClosedAtItsDeadlineAndNotBefore() throws IOException {
        fixture.handlingBy((connection, frame, responder) -> responder.send(TestClient.answer(frame.getLong())));
        fixture.advance(Duration.ofMinutes(9));
        client.send(1);
        fixture.turnUntil(() -> client.answers().size() == 1);

        fixture.advance(Duration.ofMinutes(9));
        assertEquals(1, fixture.connections());
        fixture.advance(Duration.ofMinutes(1));

        assertEquals(0, fixture.connections());
    }

    @Test
    void aConnectionThatWaitsForAnAnswerIsNotIdle() throws IOException {
        client.send(1);
        fixture.turnUntil(() -> fixture.responders.size() == 1);

        fixture.advance(Duration.ofMinutes(30));

        assertEquals(1, fixture.connections());
    }

    @Test
    void drainingAnswersWhatIsWorkedOnAndDropsWhatIsParked() throws IOException {
        List<Responder> parked = new ArrayList<>();
        TestClient waiting = fixture.connect();
        client.send(1, 2);
        fixture.turnUntil(() -> fixture.responders.size() == 1);
        fixture.handlingBy((connection, frame, responder) -> {
            responder.park(() -> {});
            parked.add(responder);
        });
        waiting.send(5);
        fixture.turnUntil(() -> parked.size() == 1);

        fixture.loop.drain(Duration.ofSeconds(1));
        fixture.turn();
        assertEquals(1, fixture.connections(), "the parked one is closed");
        fixture.responders.get(0).send(TestClient.answer(1));
        fixture.turnUntil(() -> fixture.connections() == 0);

        assertEquals(List.of(1L), client.answers());
        assertTrue(waiting.isClosed());
        waiting.close();
    }

    @Test
    void drainingEndsAtItsDeadline() throws IOException {
        client.send(1);
        fixture.turnUntil(() -> fixture.responders.size() == 1);

        fixture.loop.drain(Duration.ofSeconds(1));
        fixture.turn();
        assertEquals(1, fixture.connections());
        fixture.advance(Duration.ofSeconds(1));

        assertEquals(0, fixture.connections());
        assertFalse(fixture.load.failures() > 0);
    }
}
