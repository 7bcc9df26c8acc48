package io.strikemq.adapter.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.record.CompressionType;
import io.strikemq.domain.record.RecordBatchBuilder;
import io.strikemq.domain.topic.Topic;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What calls may take of memory. */
class MemoryTest {
    private static final int MEGABYTE = 1 << 20;
    private static final long MEMORY = 16L * MEGABYTE;

    private RestFixture rest;

    @BeforeEach
    void start() throws IOException {
        RestLimits limits = RestFixture.limits(100 * MEGABYTE, MEMORY, Duration.ofSeconds(20));
        rest = new RestFixture(RestFixture.settings("127.0.0.1", 0, limits));
    }

    @AfterEach
    void stop() {
        rest.close();
        assertEquals(0, rest.server.memoryUsed());
        assertEquals(0, rest.topics.unreleased(), "slices that nobody released");
    }

    @Test
    void aBodyIsNoLargerThanWhatTheTopicCouldTake() {
        rest.topics.with(topic("small", "2000"));
        int limit = (64 << 10) + 8 * 2000;
        HttpResponse<String> answer = rest.post("/v1/topics/small/messages", body(limit));
        assertEquals(
                "{\"error\":\"the request's body is larger than the " + limit + " bytes accepted\"}", answer.body());
        assertEquals(413, answer.statusCode());
        assertEquals(
                200, rest.post("/v1/topics/small/messages", body(limit / 2)).statusCode());
    }

    @Test
    void topicsThatSayNothingTakeWhatTheBrokerTakes() {
        rest.topics.with("t", 1);
        assertEquals(413, rest.post("/v1/topics/t/messages", body(9 * MEGABYTE)).statusCode());
        assertEquals(
                413, rest.post("/v1/topics/new/messages", body(9 * MEGABYTE)).statusCode());
        assertEquals(404, rest.get("/v1/topics/new").statusCode());
    }

    @Test
    void aBodyThatMemoryCannotHoldIsRefusedWithTheReason() {
        rest.topics.with(topic("large", String.valueOf(100 * MEGABYTE)));
        HttpResponse<String> answer = rest.post("/v1/topics/large/messages", body(40 * MEGABYTE));
        assertEquals(413, answer.statusCode());
        assertTrue(
                answer.body().matches("\\{\"error\":\"the call needs \\d+ bytes of memory or more, .*"), answer.body());
    }

    @Test
    void manySmallMessagesTakeMoreThanTheirText() {
        rest.topics.with("t", 1);
        String tiny = "{\"value\":1},".repeat(MEGABYTE / 12);
        HttpResponse<String> answer = rest.post("/v1/topics/t/messages", "[" + tiny + "{\"value\":1}]");
        assertEquals(413, answer.statusCode(), answer.body());
        assertTrue(answer.body().startsWith("{\"error\":\"the call needs "), answer.body());
    }

    @Test
    void aBatchThatBecomesTooLargeIsRefusedWithTheReasonAndOthersAreShown() {
        rest.topics.with("t", 1);
        append("before");
        append("x".repeat(40 * MEGABYTE));
        append("after");
        assertEquals(1, count(rest.get("/v1/topics/t/messages?limit=1")));
        assertEquals(413, rest.get("/v1/topics/t/messages?offset=1").statusCode());
        assertEquals(1, count(rest.get("/v1/topics/t/messages?offset=2")));
    }

    @Test
    void anAnswerInSeveralPiecesEndsBeforeWhatCannotBeShown() {
        rest.topics.with("t", 1);
        append("x".repeat(MEGABYTE));
        append("x".repeat(MEGABYTE));
        append("x".repeat(40 * MEGABYTE));
        HttpResponse<String> answer = rest.get("/v1/topics/t/messages");
        assertEquals(200, answer.statusCode());
        assertEquals(2, count(answer));
        assertTrue(answer.body().endsWith("\"}]"), "the array is closed");
        assertEquals(413, rest.get("/v1/topics/t/messages?offset=2").statusCode());
    }

    @Test
    void anAnswerTakesNoMoreMemoryThanAPieceOfIt() {
        rest.topics.with("t", 1);
        int megabytes = 16;
        for (int i = 0; i < megabytes; i++) {
            append("x".repeat(MEGABYTE));
        }
        HttpResponse<String> answer = rest.get("/v1/topics/t/messages?limit=1000");
        assertEquals(megabytes, count(answer));
        assertTrue(answer.body().length() > MEMORY, "more than all memory that calls may take");
    }

    @Test
    void aRefusalIsNotTakenForABugWhileJsonIsWritten() {
        MemoryBudget budget = new MemoryBudget(MEGABYTE);
        try (MemoryBudget.Share share = budget.share()) {
            Map<String, String> map = Map.of("value", "x".repeat(2 * MEGABYTE));
            TopicName bean = new TopicName("x".repeat(2 * MEGABYTE));
            assertThrows(Refusal.class, () -> Json.bytes(map, share));
            assertThrows(Refusal.class, () -> Json.bytes(bean, share));
            assertThrows(Refusal.class, () -> Json.bytes(List.of(bean), share));
        }
    }

    private record TopicName(String name) {}

    @Test
    void largeCallsLeaveRoomForSmallOnes() {
        MemoryBudget budget = new MemoryBudget(8 * MEGABYTE);
        try (MemoryBudget.Share large = budget.share();
                MemoryBudget.Share other = budget.share();
                MemoryBudget.Share small = budget.share()) {
            large.take(7 * MEGABYTE);
            assertEquals(
                    503, assertThrows(Refusal.class, () -> other.take(MEGABYTE)).status());
            assertEquals(
                    413, assertThrows(Refusal.class, () -> large.take(MEGABYTE)).status());
            small.take(MemoryBudget.SMALL);
        }
        assertEquals(0, budget.used());
    }

    private void append(String value) {
        rest.topics.append(
                "t",
                0,
                new RecordBatchBuilder()
                        .compression(CompressionType.GZIP)
                        .append(1, null, ByteBuffer.wrap(value.getBytes()))
                        .build(rest.codecs));
    }

    private static Topic topic(String name, String maxMessageBytes) {
        return new Topic(name, new UUID(0, 1), 1, (short) 1, Map.of("max.message.bytes", maxMessageBytes));
    }

    private static String body(int valueBytes) {
        return "{\"messages\":[{\"value\":\"" + "x".repeat(valueBytes) + "\"}]}";
    }

    private static int count(HttpResponse<String> answer) {
        return answer.body().split("\"offset\"", -1).length - 1;
    }
}
