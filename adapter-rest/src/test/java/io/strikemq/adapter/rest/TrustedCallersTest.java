package io.strikemq.adapter.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.verifyNoInteractions;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What web pages can do, and who is no web page. */
class TrustedCallersTest {
    private static final TrustedCallers CALLERS = new TrustedCallers(
            List.of("Broker.example.com", "strikemq"), List.of("http://localhost:3000"), () -> List.of("Laptop"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.1:8080",
                "192.168.1.7:8080",
                "[::1]",
                "[::1]:8080",
                "[fe80::1%25eth0]:8080",
                "::1",
                "localhost",
                "LOCALHOST:8080",
                "localhost.",
                "localhost.:8080",
                "a.localhost",
                "broker.example.com:80",
                "BROKER.example.com.",
                "strikemq:8080",
                "laptop",
                "",
            })
    void addressesAndKnownNamesAreTrusted(String host) {
        assertTrue(CALLERS.refusalOfHost(host).isEmpty(), host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.com",
                "evil.com:8080",
                "127.0.0.1.evil.com",
                "localhost.evil.com",
                "notlocalhost",
                "127.0.0.1.nip.io:8080",
                "1.2.3",
                "1234.0.0.1",
                "evil.broker.example.com",
                "laptop.evil.com",
            })
    void allOtherNamesMayHaveBeenMadeUp(String host) {
        assertFalse(CALLERS.refusalOfHost(host).isEmpty(), host);
    }

    @Test
    void whoNamesNoHostIsNoBrowser() {
        assertTrue(CALLERS.refusalOfHost(null).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080, 127.0.0.1:8080",
        "http://localhost, localhost",
        "HTTP://LOCALHOST:8080, localhost:8080",
        "http://localhost:3000, 127.0.0.1:8080",
    })
    void pagesOfThisOriginAndOfAllowedOnesMayCall(String origin, String host) {
        assertTrue(CALLERS.refusalOfOrigin(origin, host).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "null, localhost:8080",
        "http://evil.com, localhost:8080",
        "https://localhost:8080, localhost:8080",
        "http://localhost:8081, localhost:8080",
        "http://localhost:30000, localhost:8080",
        "file://, localhost:8080",
        "'', localhost:8080",
    })
    void allOtherPagesMayNot(String origin, String host) {
        assertFalse(CALLERS.refusalOfOrigin(origin, host).isEmpty());
    }

    @Test
    void aStarAllowsAll() {
        TrustedCallers open = new TrustedCallers(List.of("*"), List.of("*"), List::of);
        assertTrue(open.refusalOfHost("evil.com").isEmpty());
        assertTrue(open.refusalOfOrigin("null", "evil.com").isEmpty());
    }

    @Test
    void aHostilePageReachesNothing() throws IOException {
        try (RestFixture rest = new RestFixture()) {
            rest.topics.with("t", 1);
            String rebound = "Host: evil.com";
            for (String head :
                    List.of(rebound, "Host: localhost\r\nOrigin: null", "Host: localhost\r\nOrigin: http://e")) {
                for (String line : List.of(
                        "GET /v1/topics HTTP/1.1",
                        "DELETE /v1/topics/t HTTP/1.1",
                        "OPTIONS /v1/topics/t HTTP/1.1",
                        "POST /v1/topics/t/messages HTTP/1.1\r\nContent-Type: text/plain",
                        "GET /nope HTTP/1.1")) {
                    assertRefused(
                            RawAnswer.to(rest.server.port(), line + "\r\n" + head + "\r\nConnection: close\r\n\r\n"));
                }
            }
            verifyNoInteractions(rest.describe, rest.create, rest.delete, rest.produce);
        }
    }

    @Test
    void aNameInTheRequestLineCountsAsMuchAsHost() throws IOException {
        try (RestFixture rest = new RestFixture()) {
            RawAnswer answer = RawAnswer.to(
                    rest.server.port(),
                    "GET http://evil.com/v1/topics HTTP/1.1\r\nHost: evil.com\r\nConnection: close\r\n\r\n");
            assertRefused(answer);
            assertEquals(
                    400,
                    RawAnswer.to(
                                    rest.server.port(),
                                    "GET http://evil.com/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .statusCode());
        }
    }

    @Test
    void aRequestWithoutHostIsServedWhereHttpAllowsIt() throws IOException {
        try (RestFixture rest = new RestFixture()) {
            assertEquals(
                    200,
                    RawAnswer.to(rest.server.port(), "GET /health HTTP/1.0\r\n\r\n")
                            .statusCode());
            assertEquals(
                    400,
                    RawAnswer.to(rest.server.port(), "GET /health HTTP/1.1\r\nConnection: close\r\n\r\n")
                            .statusCode());
        }
    }

    @Test
    void anAllowedPageMayReadItsAnswersAndSendJson() throws IOException {
        RestLimits limits = RestFixture.limits(1 << 20, 1 << 20, Duration.ofSeconds(20));
        try (RestFixture rest = new RestFixture(new RestSettings("127.0.0.1", 0, 7, limits, CALLERS))) {
            String origin = "\r\nHost: localhost\r\nOrigin: http://localhost:3000\r\nConnection: close\r\n\r\n";
            String answer = RawAnswer.to(rest.server.port(), "GET /nope HTTP/1.1" + origin)
                    .text();
            assertTrue(answer.contains("\r\nAccess-Control-Allow-Origin: http://localhost:3000\r\n"), answer);
            assertTrue(answer.contains("\r\nVary: Origin\r\n"), answer);
            String preflight = RawAnswer.to(rest.server.port(), "OPTIONS /v1/topics/t HTTP/1.1" + origin)
                    .text();
            assertTrue(preflight.startsWith("HTTP/1.1 204"), preflight);
            assertTrue(preflight.contains("\r\nAccess-Control-Allow-Headers: Content-Type\r\n"), preflight);
            assertTrue(
                    preflight.contains("\r\nAccess-Control-Allow-Methods: GET, POST, PUT, DELETE, HEAD\r\n"),
                    preflight);
        }
    }

    private static void assertRefused(RawAnswer answer) {
        assertEquals(403, answer.statusCode(), answer.text());
        assertTrue(answer.text().contains("\r\n\r\n{\"error\":\""), answer.text());
        assertFalse(answer.text().contains("Access-Control"), answer.text());
    }
}
