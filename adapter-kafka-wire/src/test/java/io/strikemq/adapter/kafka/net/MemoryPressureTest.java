package io.strikemq.adapter.kafka.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.adapter.kafka.listener.ConnectionLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that hold memory with requests that they do not finish. */
class MemoryPressureTest {
    private static final int LARGE = 8 << 20;
    private static final ConnectionLimits LIMITS =
            new ConnectionLimits(LARGE + 100, 16 << 20, 100, Duration.ofMinutes(10), 64 * 1024, 1 << 20);
    /** Longer than the event loop's own buffer, and small as shares of the budget go. */
    private static final int ORDINARY = 200_000;

    private final List<TestClient> clients = new ArrayList<>();
    private LoopFixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new LoopFixture(LIMITS);
    }

    @AfterEach
    void everythingIsGivenBack() throws IOException {
        clients.forEach(TestClient::close);
        fixture.close();
        assertEquals(0, fixture.connections());
        assertEquals(0, fixture.budget.used());
    }

    @Test
    void aFullBufferBehindAParkedRequestIsNotReadFromAgainAndAgain() throws IOException {
        takeAllMemoryOfLargeRequests();
        TestClient client = connect();
        fixture.handlingBy((connection, frame, responder) -> {
            responder.park(() -> {});
            fixture.handle(connection, frame, responder);
        });
        client.send(1);
        fixture.turnUntil(() -> fixture.responders.size() == 1);

        int firstBuffer = 4096;
        client.sendBytes(beginning(7, LARGE, firstBuffer - 100));
        fixture.turnUntilQuiet();
        client.sendBytes(ByteBuffer.allocate(1000));

        fixture.turnUntilQuiet();
        fixture.responders.get(0).send(TestClient.answer(1));
        fixture.turnUntil(() -> client.answers().size() == 1);
        fixture.turnUntilQuiet();
    }

    @Test
    void theEndOfAClientIsSeenOnceThereIsRoomToRead() throws IOException {
        List<TestClient> holders = takeAllMemoryOfLargeRequests();
        TestClient starving = connect();
        starving.sendBytes(beginning(7, LARGE, 4096));
        starving.sendBytes(ByteBuffer.allocate(1000));
        fixture.turnUntilQuiet();
        starving.close();
        fixture.turnUntilQuiet();

        holders.forEach(TestClient::close);
        fixture.turnUntil(() -> fixture.connections() == 0);
    }

    @Test
    void ordinaryRequestsPassLargeOnesThatStandStill() throws IOException {
        takeAllMemoryOfLargeRequests();
        TestClient ordinary = connect();
        ByteBuffer request = TestClient.frame(1, ORDINARY);

        fixture.turnUntil(() -> {
            ordinary.sendBytes(request);
            return fixture.seen.size() == 1;
        });

        assertEquals(List.of(1L), fixture.seen);
    }

    @Test
    void aRequestThatStandsStillGivesItsMemoryToOthers() throws IOException {
        int held = takeAllMemoryOfLargeRequests().size();
        TestClient patient = connect();
        ByteBuffer request = TestClient.frame(1, LARGE);
        fixture.turnUntil(() -> patient.sendBytes(request) == 0);
        assertEquals(held + 1, fixture.connections());

        for (int second = 0; second < 60 && fixture.seen.isEmpty(); second++) {
            fixture.advance(Duration.ofSeconds(1));
            for (int i = 0; i < 100; i++) {
                patient.sendBytes(request);
                fixture.turn();
            }
        }

        assertEquals(List.of(1L), fixture.seen);
        assertTrue(fixture.connections() <= held, "whoever stood still was closed");
    }

    @Test
    void aRequestThatMovesOnSlowlyKeepsItsMemory() throws IOException {
        List<TestClient> holders = takeAllMemoryOfLargeRequests();
        for (int second = 0; second < 30; second++) {
            holders.forEach(holder -> holder.sendBytes(ByteBuffer.allocate(20_000)));
            fixture.turnUntilQuiet();
            fixture.advance(Duration.ofSeconds(1));
        }

        assertEquals(holders.size(), fixture.connections());
    }

    @Test
    void nobodyIsClosedForStandingStillWhileThereIsRoom() throws IOException {
        TestClient client = connect();
        sendAll(client, beginning(1, LARGE, 1 << 20));

        for (int second = 0; second < 60; second++) {
            fixture.advance(Duration.ofSeconds(1));
        }

        assertEquals(1, fixture.connections());
        assertFalse(client.isClosed());
    }

    /** Clients with large requests in the middle of which they stop, one of which goes beyond the limit. */
    private List<TestClient> takeAllMemoryOfLargeRequests() throws IOException {
        List<TestClient> holders = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            TestClient holder = connect();
            holders.add(holder);
            sendAll(holder, beginning(100 + i, LARGE, 3 << 20));
        }
        assertTrue(fixture.budget.isTight());
        return holders;
    }

    private TestClient connect() throws IOException {
        TestClient client = fixture.connect();
        clients.add(client);
        return client;
    }

    /** The first so many bytes of a frame. */
    private static ByteBuffer beginning(long number, int padding, int bytes) {
        return TestClient.frame(number, padding).limit(bytes);
    }

    /** Sends as much as the loop and the socket take. */
    private void sendAll(TestClient client, ByteBuffer bytes) throws IOException {
        int stalled = 0;
        while (bytes.hasRemaining() && stalled < 50) {
            stalled = client.sendBytes(bytes) == 0 ? stalled + 1 : 0;
            fixture.turn();
        }
        fixture.turnUntilQuiet();
    }
}
