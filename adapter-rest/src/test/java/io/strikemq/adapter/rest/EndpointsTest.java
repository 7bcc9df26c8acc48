package io.strikemq.adapter.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.snapshot.Snapshot;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicRef;
import io.strikemq.domain.topic.admin.Mode;
import io.strikemq.domain.topic.admin.NewTopic;
import io.strikemq.domain.topic.admin.TopicCreated;
import io.strikemq.domain.topic.admin.TopicOutcome;
import io.strikemq.domain.transaction.Transaction;
import io.strikemq.domain.transaction.TransactionListing;
import io.strikemq.domain.transaction.TransactionProducer;
import io.strikemq.domain.transaction.TransactionState;
import io.strikemq.domain.transaction.TransactionVersion;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The endpoints, with the shapes of the product's page. */
class EndpointsTest {
    private RestFixture rest;

    @BeforeEach
    void start() throws IOException {
        rest = new RestFixture();
    }

    @AfterEach
    void stop() {
        rest.close();
        assertEquals(0, rest.topics.unreleased(), "slices that nobody released");
    }

    @Test
    void theBrokerTellsWhatItIs() {
        assertAnswer("""
                {"version":"1.0.0","broker_id":7,"cluster_id":"p4EKNwbCQxWUkVlHnUhPDg","uptime_seconds":61,\
                "port":9092,"http_port":8080,"io_threads":4,"platform":"Linux (epoll)","log_dir":"/data",\
                "segment_size":1073741824,"config":{"bind_address":"127.0.0.1","port":9092,\
                "auto_create_topics_enable":true,"advertised_host":null}}""", rest.get("/v1/broker"));
    }

    @Test
    void thePagesExampleOfProducingAndPeekingComesOutToTheLetter() {
        assertAnswer(
                "{\"topic\":\"my-topic\",\"partition\":0,\"base_offset\":0,\"record_count\":2}",
                rest.send(
                        "POST",
                        "/v1/topics/my-topic/messages",
                        "{\"messages\":[{\"value\":\"hello\"},{\"key\":\"user-1\",\"value\":\"world\"}]}",
                        "Content-Type",
                        "application/x-www-form-urlencoded"));
        assertAnswer("""
                [{"offset":0,"timestamp":1234567890,"key":null,"value":"hello"},\
                {"offset":1,"timestamp":1234567890,"key":"user-1","value":"world"}]""", rest.get("/v1/topics/my-topic/messages?offset=0&limit=3"));
    }

    @Test
    void theSecondBatchBeginsWhereTheFirstEnded() {
        rest.post("/v1/topics/my-topic/messages", "{\"messages\":[{\"value\":\"a\"},{\"value\":\"b\"}]}");
        assertAnswer(
                "{\"topic\":\"my-topic\",\"partition\":0,\"base_offset\":2,\"record_count\":1}",
                rest.post("/v1/topics/my-topic/messages", "{\"messages\":[{\"value\":\"c\"}]}"));
    }

    @Test
    void topicsAreListedWithTheSmallestStartAndTheLargestEnd() {
        rest.topics.with("b", 1).with("a", 3).with(Topic.CONSUMER_OFFSETS, 50);
        rest.post("/v1/topics/a/messages?partition=1", "{\"messages\":[{\"value\":\"1\"},{\"value\":\"2\"}]}");
        assertAnswer("""
                [{"name":"a","partitions":3,"start_offset":0,"end_offset":2},\
                {"name":"b","partitions":1,"start_offset":0,"end_offset":0}]""", rest.get("/v1/topics"));
    }

    @Test
    void aTopicWhoseOffsetsCannotBeToldIsListedWithTheReason() {
        rest.topics.with("a", 1).with("b", 3).with("c", 1);
        rest.topics.broken.put(new TopicPartition("b", 1), ErrorCode.KAFKA_STORAGE_ERROR);

        assertAnswer("""
                [{"name":"a","partitions":1,"start_offset":0,"end_offset":0},\
                {"name":"b","partitions":3,"error":"the offsets of b-1 cannot be told: KAFKA_STORAGE_ERROR"},\
                {"name":"c","partitions":1,"start_offset":0,"end_offset":0}]""", rest.get("/v1/topics"));
        assertEquals(503, rest.get("/v1/topics/b").statusCode());
    }

    /** To ask for each of the others would take as long again. */
    @Test
    void aListIsGivenUpWhenItIsNoTopicThatFails() {
        rest.topics.with("a", 1).with("b", 1);
        rest.topics.broken.put(new TopicPartition("a", 0), ErrorCode.REQUEST_TIMED_OUT);

        assertEquals(503, rest.get("/v1/topics").statusCode());
    }

    @Test
    void internalTopicsAreListedForThoseWhoAsk() {
        rest.topics.with(Topic.CONSUMER_OFFSETS, 50);
        assertAnswer("[]", rest.get("/v1/topics"));
        assertAnswer("[]", rest.get("/v1/topics?include_internal=false"));
        assertAnswer(
                "[{\"name\":\"__consumer_offsets\",\"partitions\":50,\"start_offset\":0,\"end_offset\":0}]",
                rest.get("/v1/topics?include_internal=true"));
    }

    @Test
    void aTopicIsShownPartitionByPartition() {
        rest.topics.with("orders", 2);
        rest.post("/v1/topics/orders/messages?partition=1", "{\"messages\":[{\"value\":\"1\"}]}");
        assertAnswer("""
                {"name":"orders","cleanup_policy":["delete"],"partitions":[\
                {"partition":0,"start_offset":0,"end_offset":0,"size_bytes":0,"segments":0},\
                {"partition":1,"start_offset":0,"end_offset":1,"size_bytes":69,"segments":1}]}""", rest.get("/v1/topics/orders"));
    }

    @Test
    void whatIsTooOldIsDroppedAtOnce() {
        rest.topics.with("orders", 2);
        rest.post("/v1/topics/orders/messages?partition=1", "{\"messages\":[{\"value\":\"1\"}]}");
        assertAnswer("""
                {"topic":"orders","partitions":[\
                {"partition":0,"start_offset":0,"offsets_removed":0,"segments_removed":0,"bytes_removed":0},\
                {"partition":1,"start_offset":1,"offsets_removed":1,"segments_removed":1,"bytes_removed":69}]}""", rest.send("POST", "/v1/topics/orders/expire", null));
    }

    @Test
    void aTopicIsCompactedAtOnce() {
        rest.topics.with(new Topic("table", new UUID(0, 1), 2, (short) 1, Map.of("cleanup.policy", "compact")));
        rest.post("/v1/topics/table/messages?partition=1", "{\"messages\":[{\"value\":\"1\"},{\"value\":\"2\"}]}");
        assertAnswer("""
                {"topic":"table","partitions":[\
                {"partition":0,"compacted_to":0,"records_removed":0,"records_kept":0,"bytes_removed":0,"bytes_kept":0,"segments_before":2,"segments":1},\
                {"partition":1,"compacted_to":2,"records_removed":1,"records_kept":1,"bytes_removed":38,"bytes_kept":39,"segments_before":2,"segments":1}]}""", rest.send("POST", "/v1/topics/table/compact", null));
    }

    @Test
    void aDeletedTopicIsGone() {
        rest.topics.with("my-topic", 1);
        TopicRef ref = TopicRef.byName("my-topic");
        when(rest.delete.delete(any(), eq(List.of(ref)))).then(call -> {
            rest.topics.without("my-topic");
            return List.of(new TopicOutcome(ref, "my-topic", null, 1, ErrorCode.NONE, null));
        });
        assertAnswer(
                "{\"deleted\":\"my-topic\",\"partitions_removed\":1}",
                rest.send("DELETE", "/v1/topics/my-topic", null));
        assertEquals(404, rest.get("/v1/topics/my-topic").statusCode());
    }

    @Test
    void aTopicIsCreatedWithPartitionsAndConfigs() {
        NewTopic wanted = new NewTopic(
                "made", 3, (short) -1, List.of(), Map.of("cleanup.policy", "compact", "max.message.bytes", "2000"));
        stubCreation(wanted);
        HttpResponse<String> answer = rest.send(
                "PUT",
                "/v1/topics/made",
                "{\"partitions\":3,\"configs\":{\"cleanup.policy\":\"compact\",\"max.message.bytes\":2000}}");
        assertEquals("""
                {"name":"made","cleanup_policy":["delete"],"partitions":[\
                {"partition":0,"start_offset":0,"end_offset":0,"size_bytes":0,"segments":0},\
                {"partition":1,"start_offset":0,"end_offset":0,"size_bytes":0,"segments":0},\
                {"partition":2,"start_offset":0,"end_offset":0,"size_bytes":0,"segments":0}]}""", answer.body());
        assertEquals(201, answer.statusCode());
    }

    @Test
    void whatATopicDoesNotSayTheBrokerChooses() {
        stubCreation(new NewTopic("made", -1, (short) -1, List.of(), Map.of()));
        assertEquals(201, rest.send("PUT", "/v1/topics/made", null).statusCode());
        assertEquals(201, rest.send("PUT", "/v1/topics/made", "{}").statusCode());
    }

    private void stubCreation(NewTopic wanted) {
        when(rest.create.create(any(), eq(List.of(wanted)), eq(Mode.APPLY))).then(call -> {
            Topic made = InMemoryTopics.topic(wanted.name(), Math.max(1, wanted.partitions()));
            rest.topics.with(made);
            return List.of(new TopicCreated(wanted.name(), ErrorCode.NONE, null, made, List.of()));
        });
    }

    @Test
    void theIndexNamesEveryEndpoint() {
        String index = rest.get("/").body();
        assertTrue(
                index.startsWith("{\"name\":\"StrikeMQ\",\"endpoints\":[{\"method\":\"GET\",\"path\":\"/\","), index);
        assertTrue(
                index.contains("{\"method\":\"PUT\",\"path\":\"/v1/topics/{name}\",\"meaning\":\"create a topic\","),
                index);
        assertTrue(index.contains("\"parameters\":[\"offset\",\"limit\",\"partition\",\"isolation\"]"), index);
    }

    @Test
    void thoseWhoWatchOverTheBrokerAreTold() {
        assertAnswer("{\"status\":\"healthy\"}", rest.get("/health"));
        assertAnswer("{\"status\":\"ready\"}", rest.get("/ready"));
    }

    @Test
    void snapshotsAreTakenListedRestoredAndDeleted() {
        Snapshot seeded = new Snapshot("seeded", Instant.parse("2026-01-01T00:00:00Z"), 3, 48_123);
        String shown =
                "{\"name\":\"seeded\",\"taken_at\":\"2026-01-01T00:00:00Z\",\"topics\":3,\"size_in_bytes\":48123}";
        when(rest.snapshots.take("seeded")).thenReturn(seeded);
        when(rest.snapshots.list()).thenReturn(List.of(seeded));

        assertEquals(shown, rest.send("PUT", "/v1/snapshots/seeded", null).body());
        assertAnswer("[" + shown + "]", rest.get("/v1/snapshots"));
        assertAnswer("{\"restored\":\"seeded\"}", rest.send("POST", "/v1/snapshots/seeded/restore", null));
        verify(rest.snapshots).restore("seeded");
        assertAnswer("{\"deleted\":\"seeded\"}", rest.send("DELETE", "/v1/snapshots/seeded", null));
        verify(rest.snapshots).delete("seeded");
    }

    @Test
    void theBrokerBeginsAnew() {
        assertAnswer("{\"reset\":true}", rest.send("POST", "/v1/reset", null));
        verify(rest.reset).reset();
    }

    @Test
    void transactionsAreListedWithTheirStateAndProducer() {
        when(rest.transactions.list(any(), any()))
                .thenReturn(new TransactionListing(
                        List.of(
                                transaction("busy", TransactionState.ONGOING, 1000),
                                transaction("idle", TransactionState.EMPTY, Transaction.NEVER)),
                        List.of()));
        assertAnswer("""
                [{"transactional_id":"busy","state":"Ongoing","producer_id":7},\
                {"transactional_id":"idle","state":"Empty","producer_id":7}]""", rest.get("/v1/transactions"));
    }

    @Test
    void aTransactionIsShownWithItsPartitionsAndWhenItBegan() {
        when(rest.transactions.describe(any(), eq("a/b")))
                .thenReturn(Optional.of(transaction("a/b", TransactionState.ONGOING, 1000)));
        assertAnswer("""
                {"transactional_id":"a/b","state":"Ongoing","producer_id":7,"producer_epoch":3,"timeout_ms":60000,\
                "start_timestamp":1000,"partitions":[{"topic":"my-topic","partitions":[1]}]}""", rest.get("/v1/transactions/a%2Fb"));
        when(rest.transactions.describe(any(), eq("idle")))
                .thenReturn(Optional.of(transaction("idle", TransactionState.EMPTY, Transaction.NEVER)));
        assertAnswer("""
                {"transactional_id":"idle","state":"Empty","producer_id":7,"producer_epoch":3,"timeout_ms":60000,\
                "start_timestamp":null,"partitions":[]}""", rest.get("/v1/transactions/idle"));
    }

    private static Transaction transaction(String id, TransactionState state, long startMs) {
        boolean isOpen = state == TransactionState.ONGOING;
        return new Transaction(
                id,
                new TransactionProducer(7, (short) 3, 7, -1, (short) 2),
                state,
                60_000,
                isOpen ? Set.of(new TopicPartition("my-topic", 1)) : Set.of(),
                startMs,
                2000,
                TransactionVersion.V2);
    }

    @Test
    void headIsAGetWithoutTheBodyAndOptionsTellTheMethods() {
        HttpResponse<String> head = rest.send("HEAD", "/v1/broker", null);
        assertEquals(200, head.statusCode());
        assertEquals("", head.body());
        assertEquals(
                rest.get("/v1/broker").headers().firstValue("Content-Length"),
                head.headers().firstValue("Content-Length"));
        HttpResponse<String> options = rest.send("OPTIONS", "/v1/topics/x/messages", null);
        assertEquals(204, options.statusCode());
        assertEquals(
                "GET, POST, HEAD, OPTIONS",
                options.headers().firstValue("Allow").orElse(""));
    }

    private static void assertAnswer(String json, HttpResponse<String> answer) {
        assertEquals(json, answer.body());
        assertEquals(200, answer.statusCode());
        assertEquals(
                "application/json", answer.headers().firstValue("Content-Type").orElse("none"));
    }
}
