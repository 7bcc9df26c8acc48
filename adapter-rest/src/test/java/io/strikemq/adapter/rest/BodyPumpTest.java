package io.strikemq.adapter.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.when;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.IsolationLevel;
import io.strikemq.domain.put.ImportOffsets;
import io.strikemq.domain.put.RecordsImported;
import io.strikemq.domain.put.TopicExport;
import io.strikemq.domain.put.TopicImport;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies and answers of any length, that are handed on piece by piece. */
class BodyPumpTest {
    private static final int MEGABYTE = 1 << 20;
    private static final int BODY = 8 * MEGABYTE;
    private static final String PATH = "/v1/topics/t/import";

    private RestFixture rest;
    private final Counted counted = new Counted();

    /** An import that only counts. */
    private static final class Counted implements TopicImport {
        long bytes;
        long held;
        long failsAfter = Long.MAX_VALUE;

        @Override
        public void accept(ByteBuffer more) {
            bytes += more.remaining();
            more.position(more.limit());
            if (bytes >= failsAfter) {
                throw new BrokerException(ErrorCode.INVALID_REQUEST, "line 1: it is broken");
            }
        }

        @Override
        public long heldBytes() {
            return held == 0 ? 0 : bytes;
        }

        @Override
        public RecordsImported finish() {
            return new RecordsImported("t", bytes);
        }
    }

    @BeforeEach
    void start() throws IOException {
        start(Duration.ofSeconds(20));
    }

    private void start(Duration time) throws IOException {
        RestLimits limits = RestFixture.limits(4 * MEGABYTE, 2 * MEGABYTE, time);
        rest = new RestFixture(RestFixture.settings("127.0.0.1", 0, limits));
        when(rest.records.beginImport("t", ImportOffsets.KEPT)).thenReturn(counted);
    }

    @AfterEach
    void stop() {
        rest.awaitNoMemoryUsed();
        rest.close();
    }

    @Test
    void aBodyLargerThanAllMemoryIsTakenInPieces() {
        HttpResponse<String> answer = rest.post(PATH, "x".repeat(BODY));
        assertEquals("{\"topic\":\"t\",\"record_count\":" + BODY + "}", answer.body());
        assertEquals(200, answer.statusCode());
    }

    @Test
    void aBodyWithoutAByteIsOneToo() {
        assertEquals("{\"topic\":\"t\",\"record_count\":0}", rest.post(PATH, "").body());
    }

    @Test
    void theReasonOfARefusalIsReadByWhoIsStillSending() {
        counted.failsAfter = 1000;
        HttpResponse<String> answer = rest.post(PATH, "x".repeat(3 * MEGABYTE));
        assertEquals("{\"error\":\"line 1: it is broken\"}", answer.body());
        assertEquals(400, answer.statusCode());
        assertTrue(counted.bytes < MEGABYTE, "nothing was handed on after it");
    }

    @Test
    void whatIsHeldBackIsCounted() {
        counted.held = 1;
        HttpResponse<String> answer = rest.post(PATH, "x".repeat(3 * MEGABYTE));
        assertEquals(413, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("bytes of memory or more"), answer.body());
    }

    @Test
    void whoCannotBeginIsToldSo() {
        when(rest.records.beginImport(any(), any()))
                .thenThrow(new BrokerException(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "there is no topic 'u'"));
        assertEquals(404, rest.post("/v1/topics/u/import", "x").statusCode());
        assertEquals(400, rest.post("/v1/topics/u/import?offsets=all", "x").statusCode());
    }

    @Test
    void aBodyThatDoesNotArriveIsNotWaitedFor() throws IOException {
        rest.close();
        start(Duration.ofMillis(200));
        try (HostileSocket slow = new HostileSocket(rest.server.port())) {
            String answer = slow.send(
                            "POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nabc")
                    .trickle('x');
            assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
        }
    }

    @Test
    void aBodyThatEndsEarlyIsNoBody() throws IOException {
        try (HostileSocket gone = new HostileSocket(rest.server.port())) {
            gone.send("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nabc")
                    .endOutput();
            String answer = gone.readAll();
            assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 400 "), answer);
        }
    }

    @Test
    void anAnswerLargerThanAllMemoryLeavesInPieces() {
        when(rest.records.export(eq("t"), eq(IsolationLevel.READ_COMMITTED))).thenReturn(new TopicExport() {
            private int pieces;

            @Override
            public boolean next(OutputStream out) throws IOException {
                if (pieces == 16) {
                    return false;
                }
                pieces++;
                out.write(new byte[MEGABYTE / 2]);
                return true;
            }

            @Override
            public long recordCount() {
                return pieces;
            }
        });
        HttpResponse<String> answer = rest.get("/v1/topics/t/export?isolation=read_committed");
        assertEquals(8 * MEGABYTE, answer.body().length());
        assertEquals(
                "application/x-ndjson;charset=utf-8",
                answer.headers().firstValue("Content-Type").orElseThrow());
    }
}
