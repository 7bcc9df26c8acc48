package io.strikemq.adapter.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.record.RecordBatchBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that are slow, stop half-way or do not read cost nothing to others, and not much to the server. */
class HostileClientsTest {
    /** Several times as many as the server has threads. */
    private static final int MANY = 40;

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final long MEMORY = 64L << 20;

    private final List<HostileSocket> clients = new ArrayList<>();
    private RestFixture rest;

    private void start(Duration timeLimit) throws IOException {
        rest = new RestFixture(RestFixture.settings("127.0.0.1", 0, RestFixture.limits(8 << 20, MEMORY, timeLimit)));
        rest.topics.with("t", 1);
    }

    @AfterEach
    void stop() throws IOException {
        for (HostileSocket client : clients) {
            client.close();
        }
        rest.awaitNoMemoryUsed();
        rest.close();
        assertEquals(0, rest.topics.unreleased(), "slices that nobody released");
    }

    @Test
    void halfSentHeadsHoldUpNobody() throws IOException {
        start(LONG);
        for (int i = 0; i < MANY; i++) {
            client().send("POST /v1/topics/t/messages HTTP/1.1\r\nHost: loc");
        }
        assertOthersAreServed();
    }

    @Test
    void halfSentBodiesHoldUpNobody() throws IOException {
        start(LONG);
        for (int i = 0; i < MANY; i++) {
            client().send(postOf(1000) + "{\"messages\":[");
        }
        assertOthersAreServed();
    }

    @Test
    void clientsThatDoNotReadHoldUpNobody() throws IOException {
        start(LONG);
        fill(12);
        for (int i = 0; i < MANY; i++) {
            client().send(get("/v1/topics/t/messages?limit=1000"));
        }
        assertOthersAreServed();
        assertTrue(rest.server.memoryUsed() < MEMORY, "what waits for clients is bounded");
    }

    @Test
    void clientsThatAskAndAskAndDoNotReadHoldUpNobody() throws IOException {
        start(LONG);
        for (int i = 0; i < MANY; i++) {
            client().send(get("/nope/" + "x".repeat(5000)).repeat(50));
        }
        assertOthersAreServed();
    }

    @Test
    void aHeadThatTricklesInIsCutOff() throws IOException {
        start(SHORT);
        assertEquals("", client().send("GET /v1/topics HTTP/1.1\r\nX: ").trickle('x'));
    }

    @Test
    void theNextHeadOfAConnectionHasTheSameTimeAsItsFirst() throws IOException {
        start(SHORT);
        String answers = client().send(get("/v1/topics")).send("GET /v1/top").readAll();
        assertTrue(answers.startsWith("HTTP/1.1 200 OK"), answers);
        assertTrue(answers.endsWith("\"end_offset\":0}]"), answers);
    }

    @Test
    void aBodyThatTricklesInIsRefused() throws IOException {
        start(SHORT);
        String answer = client().send(postOf(1 << 20)).trickle(' ');
        assertTrue(answer.startsWith("HTTP/1.1 408"), answer);
        assertTrue(answer.endsWith("{\"error\":\"the request's body does not arrive in time\"}"), answer);
    }

    @Test
    void aClientThatDoesNotTakeItsAnswerIsCutOff() throws IOException {
        start(SHORT);
        fill(12);
        HostileSocket client = client().send(get("/v1/topics/t/messages?limit=1000"));
        assertEquals("HTTP/1.1 200 OK", client.read(15));
        rest.awaitNoMemoryUsed();
        assertTrue(client.countAll() < 12L << 20, "the answer was cut");
    }

    @Test
    void aHalfClosedClientIsAnswered() throws IOException {
        start(LONG);
        String answer = client().send(get("/v1/topics?include_internal=true"))
                .endOutput()
                .readAll();
        assertTrue(answer.endsWith("[{\"name\":\"t\",\"partitions\":1,\"start_offset\":0,\"end_offset\":0}]"), answer);
    }

    @Test
    void aBodyThatEndsEarlyIsRefused() throws IOException {
        start(LONG);
        String answer =
                client().send(postOf(1000) + "{\"messages\":[").endOutput().readAll();
        assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
        assertTrue(answer.endsWith("{\"error\":\"the request's body ends early\"}"), answer);
    }

    @Test
    void clientsThatGoInTheMiddleLeaveNothingBehind() throws IOException {
        start(LONG);
        fill(12);
        for (int i = 0; i < MANY; i++) {
            client().send(get("/v1/topics/t/messages?limit=1000"));
            client().send(postOf(1 << 20) + "{\"messages\":[" + " ".repeat(100_000));
        }
        assertOthersAreServed();
    }

    private HostileSocket client() throws IOException {
        HostileSocket client = new HostileSocket(rest.server.port());
        clients.add(client);
        return client;
    }

    private static String postOf(int length) {
        return "POST /v1/topics/t/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    private void fill(int megabytes) {
        ByteBuffer megabyte = ByteBuffer.wrap("x".repeat(1 << 20).getBytes());
        for (int i = 0; i < megabytes; i++) {
            rest.topics.append(
                    "t", 0, new RecordBatchBuilder().append(1, null, megabyte).build(rest.codecs));
        }
    }

    private void assertOthersAreServed() {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (int i = 0; i < MANY; i++) {
                assertEquals(200, rest.get("/v1/topics").statusCode());
                assertEquals(
                        200,
                        rest.post("/v1/topics/other/messages", "{\"messages\":[{\"value\":\"x\"}]}")
                                .statusCode());
            }
        });
    }
}
