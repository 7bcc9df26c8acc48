package io.strikemq.adapter.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How the server comes and goes. */
class RestServerTest {
    private static final RestLimits LIMITS = RestFixture.limits(1024, 1 << 20, Duration.ofSeconds(20));

    @Test
    void severalServersRunBesideEachOther() throws IOException {
        try (RestFixture one = new RestFixture();
                RestFixture other = new RestFixture()) {
            one.topics.with("only-here", 1);
            assertEquals(200, one.get("/v1/topics/only-here").statusCode());
            assertEquals(404, other.get("/v1/topics/only-here").statusCode());
        }
    }

    @Test
    void aTakenPortIsToldInOneSentence() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            RestSettings settings = RestFixture.settings("127.0.0.1", taken.getLocalPort(), LIMITS);
            IOException refused = assertThrows(IOException.class, () -> new RestFixture(settings));
            assertEquals(
                    "the REST API cannot listen on port " + taken.getLocalPort()
                            + " of 127.0.0.1: Address already in use",
                    refused.getMessage());
        }
    }

    @Test
    void anAddressThatIsNotKnownIsToldInOneSentence() {
        RestSettings settings = RestFixture.settings("no such host", 0, LIMITS);
        IOException refused = assertThrows(IOException.class, () -> new RestFixture(settings));
        assertEquals("the address 'no such host' of the REST API is not known", refused.getMessage());
    }

    @Test
    void ipv6ClientsReachAServerOnAllInterfaces() throws IOException {
        try (RestFixture rest = new RestFixture(RestFixture.settings("::", 0, LIMITS));
                Socket client = new Socket("::1", rest.server.port())) {
            assertTrue(exchange(client, "/v1/broker").startsWith("HTTP/1.1 200 OK"));
        }
    }

    @Test
    void afterCloseNoThreadIsLeftAndThePortIsFree() throws IOException {
        RestFixture rest = new RestFixture();
        rest.get("/v1/broker");
        assertTrue(restThreads().size() > 0);
        rest.close();
        assertEquals(List.of(), restThreads());
        new ServerSocket(rest.server.port(), 1, InetAddress.getByName("127.0.0.1")).close();
        rest.close();
    }

    @Test
    void aCallIsAnsweredByWhomItBeganWithAndTheNextOneByTheirSuccessors() throws Exception {
        try (RestFixture rest = new RestFixture();
                RestFixture successors = new RestFixture()) {
            CountDownLatch underWay = new CountDownLatch(1);
            CountDownLatch finish = new CountDownLatch(1);
            doAnswer(call -> {
                        underWay.countDown();
                        await(finish);
                        return List.of();
                    })
                    .when(rest.describe)
                    .all(any());
            successors.topics.with(InMemoryTopics.topic("later", 1));
            CompletableFuture<String> early =
                    CompletableFuture.supplyAsync(() -> rest.get("/v1/topics").body());
            await(underWay);

            rest.server.replaceApis(successors.apis());

            assertTrue(rest.get("/v1/topics").body().contains("later"));
            finish.countDown();
            assertEquals("[]", early.get(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void successorsHaveTheSamePaths() throws IOException {
        try (RestFixture rest = new RestFixture()) {
            assertThrows(IllegalArgumentException.class, () -> rest.server.replaceApis(List.of()));
        }
    }

    @Test
    void aServerThatWasOnlyBoundCanBeClosed() throws IOException {
        RestServer server = RestServer.bind(RestFixture.settings("127.0.0.1", 0, LIMITS), List.of());
        server.close();
        server.start();
        assertEquals(List.of(), restThreads());
    }

    @Test
    void whileItStopsCallsUnderWayAreAnsweredAndNewOnesGet503() throws Exception {
        RestFixture rest = new RestFixture();
        CountDownLatch underWay = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        doAnswer(call -> {
                    underWay.countDown();
                    await(finish);
                    return List.of();
                })
                .when(rest.describe)
                .all(any());
        try (Socket early = new Socket("127.0.0.1", rest.server.port())) {
            assertTrue(exchange(early, "/v1/broker").startsWith("HTTP/1.1 200 OK"));
            CompletableFuture<Integer> slow =
                    CompletableFuture.supplyAsync(() -> rest.get("/v1/topics").statusCode());
            await(underWay);
            CompletableFuture<Void> closing = CompletableFuture.runAsync(rest::close);
            awaitRefusal(rest.server.port());
            String refused = exchange(early, "/v1/broker");
            finish.countDown();
            assertEquals(200, slow.get(20, TimeUnit.SECONDS));
            closing.get(20, TimeUnit.SECONDS);
            assertTrue(refused.startsWith("HTTP/1.1 503 Service Unavailable"), refused);
            assertTrue(refused.endsWith("{\"error\":\"the broker is stopping\"}"), refused);
        } finally {
            finish.countDown();
            rest.close();
        }
    }

    /** The server stops accepting before it waits for calls under way. */
    private static void awaitRefusal(int port) {
        while (true) {
            try {
                new Socket("127.0.0.1", port).close();
                Thread.onSpinWait();
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS), "waited in vain");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** One request on an open connection; the answer, as far as its Content-Length says. */
    private static String exchange(Socket client, String path) throws IOException {
        client.setSoTimeout(20_000);
        client.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            int next = client.getInputStream().read();
            if (next < 0) {
                return answer.toString();
            }
            answer.append((char) next);
        }
        int length = Integer.parseInt(answer.toString().replaceFirst("(?s).*Content-Length: (\\d+).*", "$1"));
        return answer + new String(client.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    }

    private static List<String> restThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("rest"))
                .toList();
    }
}
