package io.strikemq.adapter.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.strikemq.domain.await.Awaited;
import io.strikemq.domain.await.Condition;
import io.strikemq.domain.await.Condition.RecordsInTopic;
import io.strikemq.domain.await.StoredRecord;
import io.strikemq.domain.await.UnmetCondition;
import io.strikemq.domain.await.Wait;
import io.strikemq.domain.topic.TopicPartition;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.ArgumentCaptor;

/** Bodies become conditions, outcomes answers, and callers that hang up are forgotten. */
@Timeout(60)
class AwaitApiTest {
    private static final String BODY = "{\"topic_exists\":{\"topic\":\"t\"}}";

    private RestFixture rest;
    private final OneWait wait = new OneWait();

    /** A wait whose end the test decides. */
    private static final class OneWait implements Wait {
        private final CompletableFuture<Awaited> outcome = new CompletableFuture<>();
        private final CountDownLatch began = new CountDownLatch(1);

        @Override
        public CompletionStage<Awaited> outcome() {
            began.countDown();
            return outcome;
        }

        @Override
        public void giveUp() {
            outcome.completeExceptionally(
                    new UnmetCondition(Condition.topic("t").exists(), "there is no such topic", Duration.ofMillis(7)));
        }

        @Override
        public void cancel() {
            outcome.completeExceptionally(new CancellationException());
        }
    }

    @BeforeEach
    void start() throws IOException {
        rest = new RestFixture();
        when(rest.await.begin(any())).thenReturn(wait);
    }

    @AfterEach
    void stop() {
        rest.awaitNoMemoryUsed();
        rest.close();
    }

    private Condition condition(String json) {
        wait.outcome.complete(new Awaited("so it is", Duration.ofMillis(12)));
        HttpResponse<String> answer = rest.post("/v1/await", json);
        assertEquals(200, answer.statusCode(), answer.body());
        ArgumentCaptor<Condition> begun = ArgumentCaptor.forClass(Condition.class);
        verify(rest.await).begin(begun.capture());
        assertEquals(
                "{\"condition\":\"" + begun.getValue().text() + "\",\"seen\":\"so it is\",\"took_ms\":12}",
                answer.body().replace("\\\"", "\""));
        return begun.getValue();
    }

    @Test
    void aStableGroup() {
        assertEquals(
                Condition.group("g").isStable().withMembers(2),
                condition("{\"group_stable\":{\"group\":\"g\",\"members\":2}}"));
    }

    @Test
    void aGroupThatIsEmpty() {
        assertEquals(Condition.group("g").isEmpty(), condition("{\"group_empty\":{\"group\":\"g\"}}"));
    }

    @Test
    void partitionsOfAMember() {
        assertEquals(
                Condition.group("g").hasAssigned(new TopicPartition("t", 1)).toMember("m"),
                condition("{\"partitions_assigned\":{\"group\":\"g\",\"member\":\"m\",\"partitions\":[{\"topic\":\"t\","
                        + "\"partition\":1}]}}"));
    }

    @Test
    void aTransactionThatIsOver() {
        assertEquals(
                Condition.transaction("x").isAborted(),
                condition("{\"transaction_over\":{\"transactional_id\":\"x\",\"outcome\":\"aborted\"}}"));
    }

    @Test
    void recordsAreToldByWhatIsInThem() {
        RecordsInTopic wanted = (RecordsInTopic) condition("{\"records\":{\"topic\":\"t\",\"count\":1,\"where\":{"
                + "\"key\":{\"equals\":\"k\"},\"value\":{\"contains\":\"paid\",\"json\":{\"/order/id\":7,"
                + "\"/order/state\":\"paid\"}},\"headers\":{\"h\":{\"is_null\":true}}}}}");
        assertTrue(passes(wanted, "k", "{\"order\":{\"id\":7.0,\"state\":\"paid\"}}", null));
        assertTrue(!passes(wanted, "other", "{\"order\":{\"id\":7.0,\"state\":\"paid\"}}", null));
        assertTrue(!passes(wanted, null, "{\"order\":{\"id\":7.0,\"state\":\"paid\"}}", null));
        assertTrue(!passes(wanted, "k", "{\"order\":{\"id\":\"7\",\"state\":\"paid\"}}", null));
        assertTrue(!passes(wanted, "k", "{\"order\":{\"state\":\"paid\"}}", null));
        assertTrue(!passes(wanted, "k", "{\"order\":{\"id\":1e400,\"state\":\"paid\"}}", null));
        assertTrue(!passes(wanted, "k", "paid, and no JSON", null));
        assertTrue(!passes(wanted, "k", null, null));
        assertTrue(!passes(wanted, "k", "{\"order\":{\"id\":7.0,\"state\":\"paid\"}}", "there"));
    }

    private static boolean passes(RecordsInTopic wanted, String key, String value, String header) {
        return wanted.which()
                .test(new StoredRecord(
                        "t", 0, 0, 0, bytes(key), bytes(value), List.of(new StoredRecord.Header("h", bytes(header)))));
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | of the fields 'group_stable'",
                "{\"topic_exists\":{\"topic\":\"t\"},\"topic_gone\":{\"topic\":\"t\"}} | not 2",
                "{\"topic_exists\":{}} | topic_exists.topic is missing",
                "{\"topic_exists\":{\"topic\":\"t\"},\"timeout_ms\":600001} | timeout_ms must be a whole number from 0 to 600000",
                "{\"group_stable\":{\"group\":\"g\",\"members\":0}} | group_stable.members must be a whole number from 1 on, not 0",
                "{\"partitions_assigned\":{\"group\":\"g\"}} | partitions_assigned must have either 'topic' or 'partitions'",
                "{\"records\":{\"topic\":\"t\"}} | records.count must be a whole number from 1 on",
                "{\"records\":{\"topic\":\"t\",\"count\":1,\"where\":{}}} | records.where must have 'key', 'value' or 'headers'",
                "{\"records\":{\"topic\":\"t\",\"count\":1,\"where\":{\"key\":{}}}} | records.where.key must have 'equals'",
                "{\"records\":{\"topic\":\"t\",\"count\":1,\"where\":{\"value\":{\"json\":{\"id\":1}}}}} | must be JSON pointers",
                "{\"records\":{\"topic\":\"t\",\"count\":1,\"where\":{\"value\":{\"json\":{\"/a\":[{\"b\":-1e400}]}}}}} | larger than any double",
                "{\"transaction_over\":{\"transactional_id\":\"x\",\"outcome\":\"done\"}} | must be \"committed\" or \"aborted\"",
                "{\"offset_committed\":{\"group\":\"g\",\"topic\":\"t\",\"partition\":-1,\"offset\":1}} | offset_committed.partition",
            })
    void whatIsNoConditionIsRefused(String body, String why) {
        HttpResponse<String> answer = rest.post("/v1/await", body);
        assertEquals(400, answer.statusCode(), answer.body());
        assertTrue(answer.body().replace("\\\"", "\"").contains(why), answer.body());
    }

    @Test
    void whatIsNotTrueInTimeIsTold() {
        HttpResponse<String> answer = rest.post("/v1/await", "{\"topic_exists\":{\"topic\":\"t\"},\"timeout_ms\":1}");
        assertEquals(408, answer.statusCode());
        assertEquals(
                "{\"error\":\"topic t: wanted to exist, but there is no such topic (after 7 ms)\"}", answer.body());
    }

    private HostileSocket waiting() throws Exception {
        HostileSocket caller = new HostileSocket(rest.server.port());
        caller.send(
                "POST /v1/await HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY);
        wait.began.await();
        return caller;
    }

    @Test
    void aCallerThatHangsUpIsForgotten() throws Exception {
        waiting().close();
        assertTrue(wait.outcome
                .handle((met, failure) -> failure instanceof CancellationException)
                .join());
    }

    @Test
    void aNextCallThatComesMeanwhileIsAnsweredAfterIt() throws Exception {
        try (HostileSocket caller = waiting()) {
            caller.send("GET /v1/bro");
            verify(rest.await, timeout(1)).begin(any());
            caller.send("ker HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            wait.outcome.complete(new Awaited("so it is", Duration.ZERO));
            String both = caller.readAll();
            assertTrue(both.contains("so it is") && both.contains("uptime_seconds"), both);
        }
    }

    @Test
    void aCallerWaitsOnTheSameConnectionAgain() {
        wait.outcome.complete(new Awaited("so it is", Duration.ZERO));
        for (int i = 0; i < 20; i++) {
            assertEquals(200, rest.post("/v1/await", BODY).statusCode());
        }
    }
}
