package io.strikemq.adapter.kafka.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a connection does for faults: no answer, an end of its own kind, an answer in parts. */
class FaultyAnswersTest {
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
        assertEquals(0, fixture.load.failures());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWithheldAnswerSilencesTheConnectionUntilTheClientCloses(boolean isAtOnce) throws IOException {
        if (isAtOnce) {
            fixture.handlingBy((connection, frame, responder) -> {
                fixture.seen.add(frame.getLong());
                responder.withhold();
            });
        }
        client.send(1, 2);
        fixture.turnUntil(() -> fixture.seen.size() == 1);
        if (!isAtOnce) {
            fixture.responders.get(0).withhold();
        }
        fixture.turnUntilQuiet();
        client.sendBytes(ByteBuffer.allocate(1 << 20));
        fixture.turnUntilQuiet();

        assertEquals(List.of(1L), fixture.seen, "nothing more is handled");
        assertEquals(List.of(), client.answers());
        assertEquals(1, fixture.connections());
        assertEquals(0, fixture.budget.used(), "what comes is not kept");

        client.endOutput();
        fixture.turnUntil(() -> fixture.connections() == 0);
    }

    @Test
    void aSilentConnectionDoesNotHoldUpTheEnd() throws IOException {
        client.send(1);
        fixture.turnUntil(() -> fixture.seen.size() == 1);
        fixture.responders.get(0).withhold();
        fixture.turnUntilQuiet();

        fixture.loop.drain(Duration.ofHours(1));
        fixture.turnUntil(() -> fixture.connections() == 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aResetIsToldFromAnEnd(boolean isReset) throws IOException {
        client.send(1);
        fixture.turnUntil(() -> fixture.responders.size() == 1);

        if (isReset) {
            fixture.responders.get(0).reset();
        } else {
            fixture.responders.get(0).hangUp();
        }
        fixture.turnUntil(() -> fixture.connections() == 0);

        AtomicReference<String> ended = new AtomicReference<>();
        fixture.turnUntil(() -> !"open".equals(ended.updateAndGet(before -> client.howItEnded())));
        assertEquals(isReset ? "reset" : "end", ended.get());
    }

    @Test
    void anAnswerInPartsComesBeforeTheNextRequestIsHandled() throws IOException {
        client.send(1, 2);
        fixture.turnUntil(() -> fixture.responders.size() == 1);
        ByteBuffer whole = TestClient.frame(1, 100);
        Responder first = fixture.responders.get(0);

        first.sendPart(Response.of(List.of(whole.slice(0, 50))));
        fixture.turnUntilQuiet();
        assertEquals(List.of(), client.answers());
        first.sendPart(Response.of(List.of(whole.slice(50, 50))));
        fixture.turnUntilQuiet();
        assertEquals(1, fixture.responders.size());
        first.send(Response.of(List.of(whole.slice(100, whole.limit() - 100))));
        fixture.turnUntil(() -> fixture.responders.size() == 2);
        fixture.responders.get(1).send(TestClient.answer(2));
        fixture.turnUntil(() -> client.answers().size() == 2);

        assertEquals(List.of(1L, 2L), client.answers());
    }

    @Test
    void whatGoesOnLaterDoesSoOnTheLoopAndOnlyForAClientThatIsThere() throws IOException {
        AtomicInteger runs = new AtomicInteger();
        client.send(1);
        fixture.turnUntil(() -> fixture.responders.size() == 1);
        Responder responder = fixture.responders.get(0);

        responder.later(() -> {
            assertTrue(fixture.loop.isCurrent());
            runs.incrementAndGet();
        });
        assertEquals(0, runs.get());
        fixture.turnUntil(() -> runs.get() == 1);

        client.reset();
        fixture.turnUntil(() -> fixture.connections() == 0);
        responder.later(runs::incrementAndGet);
        responder.sendPart(TestClient.answer(1));
        fixture.turnUntilQuiet();
        assertEquals(1, runs.get());
        responder.none();
    }

    @Test
    void memoryThatIsHeldTwiceIsGivenBackTwice() throws IOException {
        client.send(1);
        fixture.turnUntil(() -> fixture.responders.size() == 1);
        Responder responder = fixture.responders.get(0);
        responder.holds(1000);
        responder.holds(1 << 30);
        assertFalse(fixture.budget.used() < 1 << 30);

        responder.send(TestClient.answer(1));

        assertEquals(0, fixture.budget.used());
    }
}
