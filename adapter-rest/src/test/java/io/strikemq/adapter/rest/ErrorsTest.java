package io.strikemq.adapter.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.produce.PartitionProduced;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicRef;
import io.strikemq.domain.topic.admin.TopicCreated;
import io.strikemq.domain.topic.admin.TopicOutcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every error is {@code {"error": "message"}} with the fitting status. */
class ErrorsTest {
    private RestFixture rest;

    @BeforeEach
    void start() throws IOException {
        rest = new RestFixture();
        rest.topics.with("t", 2);
    }

    @AfterEach
    void stop() {
        rest.close();
        assertEquals(0, rest.topics.unreleased(), "slices that nobody released");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1", "/v2/broker", "/v1/topics/t/other", "/v1/topics//messages", "/favicon.ico"})
    void anUnknownPathIsNotFound(String path) {
        assertError(404, "there is no such path: " + path, rest.get(path));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertError(404, "there is no topic 'nope'", rest.get("/v1/topics/nope"));
        assertError(404, "there is no topic 'nope'", rest.get("/v1/topics/nope/messages"));
        assertError(404, "there is no topic 'nope'", rest.send("DELETE", "/v1/topics/nope", null));
        assertError(404, "there is no group 'nope'", rest.get("/v1/groups/nope"));
        assertError(404, "there is no transactional id 'nope'", rest.get("/v1/transactions/nope"));
        String noPartition = "topic 't' has no partition 2: it has 2, counted from 0";
        assertError(404, noPartition, rest.get("/v1/topics/t/messages?partition=2"));
        assertError(404, noPartition, produce("?partition=2", "{\"messages\":[{\"value\":\"x\"}]}"));
    }

    @Test
    void aHeaderDoesNotChangeTheMethod() {
        assertError(
                400,
                "the header X-HTTP-Method-Override is not obeyed; send the method itself",
                rest.send("POST", "/v1/topics/t", null, "x-http-method-override", "DELETE"));
        assertEquals(200, rest.get("/v1/topics/t").statusCode());
    }

    @Test
    void aPeekCreatesNoTopicAndProducingOnlyWhereTheBrokerAllowsIt() {
        rest.topics.autoCreate = false;
        assertError(
                404,
                "there is no topic 'new'",
                rest.post("/v1/topics/new/messages", "{\"messages\":[{\"value\":\"x\"}]}"));
        rest.topics.autoCreate = true;
        assertEquals(404, rest.get("/v1/topics/new/messages").statusCode());
        assertEquals(
                200,
                rest.post("/v1/topics/new/messages", "{\"messages\":[{\"value\":\"x\"}]}")
                        .statusCode());
    }

    @Test
    void aMalformedBodyCreatesNoTopic() {
        assertEquals(400, rest.post("/v1/topics/new/messages", "{}").statusCode());
        assertEquals(404, rest.get("/v1/topics/new").statusCode());
    }

    @Test
    void anIllegalTopicNameIsRefused() {
        HttpResponse<String> answer = rest.post("/v1/topics/a%20b/messages", "{\"messages\":[{\"value\":\"x\"}]}");
        assertError(
                400,
                "'a b' is no topic name: 1 to 249 ASCII letters, digits, '.', '_' and '-', and not '.' or '..'",
                answer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?offset=-1   | query parameter 'offset' must be a whole number from 0 on, not '-1'",
                "?offset=x    | query parameter 'offset' must be a whole number from 0 on, not 'x'",
                "?limit=0     | query parameter 'limit' must be a whole number from 1 to 1000, not '0'",
                "?limit=1001  | query parameter 'limit' must be a whole number from 1 to 1000, not '1001'",
                "?limit=      | query parameter 'limit' must be a whole number from 1 to 1000, not ''",
                "?partition=-1 | query parameter 'partition' must be a whole number from 0 to 2147483647, not '-1'",
                "?ofset=3     | unknown query parameter 'ofset'; known are offset, limit, partition, isolation",
                "?isolation=dirty | query parameter 'isolation' must be read_uncommitted or read_committed, not 'dirty'",
                "?limit=1&limit=2 | query parameter 'limit' is given more than once",
            })
    void queryParametersAreChecked(String query, String message) {
        assertError(400, message, rest.get("/v1/topics/t/messages" + query));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                       | the body has no field 'messages'
            []                       | 'messages' is empty: give at least one message
            {"messages":[]}          | 'messages' is empty: give at least one message
            {"messages":{}}          | messages must be an array
            "x"                      | the body must be an object
            null                     | the body must be an object with a field 'messages', or an array of messages
            [{"valu":1}]             | unknown field 'valu' in messages[0]; known are key, value, headers, partition, timestamp, key_encoding, \
            value_encoding, offset
            {"messages":["x"]}       | messages[0] must be an object
            {"messages":[{}]}        | messages[0].value is missing
            {"messages":[{"value":"a"},{"key":"k"}]} | messages[1].value is missing
            {"messages":[null]}      | messages[0] must be an object
            {"messages":[{"value":"a","ofset":1}]} | \
            unknown field 'ofset' in messages[0]; known are key, value, headers, partition, timestamp, key_encoding, \
            value_encoding, offset
            {"messages":[{"value":"a","headers":[{"key":"h","value":"v","x":1}]}]} | \
            unknown field 'x' in messages[0].headers[0]; known are key, value, value_encoding
            {"messages":[{"value":"a","offset":-1}]} | messages[0].offset must be a whole number from 0 on
            {"messages":[{"value":"a","timestamp":-2}]} | messages[0].timestamp must be a whole number from -1 on
            {"messages":[{"value":"a","timestamp":"now"}]} | messages[0].timestamp must be a whole number
            {"messages":[{"value":"a","partition":1.5}]} | messages[0].partition must be a whole number
            {"messages":[{"value":"a","partition":99999999999}]} | \
            messages[0].partition must be a whole number, and not so large
            {"message":[]}           | unknown field 'message' in the body; known are messages, partition
            {"messages":[{"value":"a","partition":-1}]} | messages[0].partition must be a whole number from 0 on
            {"messages":[{"value":"a","partition":0},{"value":"b","partition":1}]} | \
            messages[1].partition is 1, but another one named is 0: the messages of one request go to one \
            partition
            {"messages":[{"value":"??","value_encoding":"base64"}]} | \
            messages[0].value is not base64: Illegal base64 character 3f
            {"messages":[{"value":1,"value_encoding":"base64"}]} | \
            messages[0].value must be a string, since it is said to be base64
            {"messages":[{"value":"a","value_encoding":"hex"}]} | messages[0].value_encoding must be "utf-8" or "base64"
            {"messages":[{"value":"\\ud800"}]} | messages[0].value has half of a surrogate pair, which UTF-8 cannot hold
            {"messages":[{"value":"a","headers":1}]} | \
            messages[0].headers must be an array
            {"messages":[{"value":"a","headers":[null]}]} | messages[0].headers[0] must be an object
            {"messages":[{"value":"a","headers":[{"key":5,"value":"v"}]}]} | messages[0].headers[0].key must be a string
            {"messages":[{"value":"a","headers":[{"key":"\\ud800","value":"v"}]}]} | \
            messages[0].headers[0].key has half of a surrogate pair, which UTF-8 cannot hold
            {"messages":[{"value":"a","headers":[{"value":"v"}]}]} | messages[0].headers[0].key is missing
            {"messages":[{"value":"a","headers":[{"key":"k"}]}]} | messages[0].headers[0].value is missing
            {"messages":[{"value":"a"}]} x | \
            the body is not JSON (line 1, column 30)
            {"messages":[{"value":"a" | the body is not JSON: it ends too soon (line 1, column 26)
            {"messages":[{"value":"a | the body is not JSON: it ends too soon (line 1, column 25)
            {"messages":[{"value":"a"}]} {} | the body goes on after its end
            {"messages":[{"value":"a","value":"b"}]} | the body is not JSON: field 'value' is there twice (line 1, column 34)
            """)
    void bodiesAreChecked(String body, String message) {
        assertError(400, message, produce("", body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"messages\":[{\"value\":\"a", "nonsense", "{\"messages\":[tru]}", "<a/>"})
    void aBodyThatIsNotJsonIsMalformed(String body) {
        HttpResponse<String> answer = produce("", body);
        assertEquals(400, answer.statusCode(), answer.body());
        assertTrue(answer.body().startsWith("{\"error\":\"the body "), answer.body());
    }

    @Test
    void aBodyThatIsNestedWithoutEndIsMalformed() {
        HttpResponse<String> answer = produce("", "{\"messages\":[{\"value\":" + "[".repeat(100_000));
        assertEquals(400, answer.statusCode(), answer.body());
    }

    @Test
    void aPartitionInTheBodyHasToAgreeWithTheQueryString() {
        assertError(
                400,
                "the body names partition 1, the query string partition 0",
                produce("?partition=0", "{\"partition\":1,\"messages\":[{\"value\":\"x\"}]}"));
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/broker, 'GET, HEAD, OPTIONS'",
        "PUT, /v1/topics, 'GET, HEAD, OPTIONS'",
        "POST, /v1/topics/t, 'GET, PUT, DELETE, HEAD, OPTIONS'",
        "DELETE, /v1/topics/t/messages, 'GET, POST, HEAD, OPTIONS'",
        "PATCH, /v1/groups, 'GET, HEAD, OPTIONS'",
        "POST, /v1/groups/g, 'GET, DELETE, HEAD, OPTIONS'",
        "GET, /v1/groups/g/offsets, 'PUT, OPTIONS'",
        "BREW, /v1/broker, 'GET, HEAD, OPTIONS'",
    })
    void anotherMethodIsNotAllowedAndTheAnswerSaysWhichAre(String method, String path, String allowed) {
        HttpResponse<String> answer = rest.send(method, path, null);
        assertError(405, "method " + method + " is not allowed here; allowed are " + allowed, answer);
        assertEquals(allowed, answer.headers().firstValue("Allow").orElse(""));
    }

    @Test
    void aBodyBeyondTheLimitIsTooLarge() {
        String message = "the request's body is larger than the 1048576 bytes accepted";
        String body = "{\"messages\":[{\"value\":\"" + "x".repeat(RestFixture.MAX_REQUEST_BYTES) + "\"}]}";
        assertError(413, message, produce("", body));
        HttpRequest chunked = HttpRequest.newBuilder(uri("/v1/topics/t/messages"))
                .POST(HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofString(body)))
                .build();
        assertError(413, message, rest.send(chunked));
    }

    @Test
    void whatTheUseCaseRefusesKeepsItsReason() {
        TopicRef ref = TopicRef.byName("t");
        produceAnswers(PartitionProduced.refused(ref, 0, ErrorCode.MESSAGE_TOO_LARGE, "too large for t"));
        assertError(413, "too large for t", produce("", "{\"messages\":[{\"value\":\"x\"}]}"));
        produceAnswers(PartitionProduced.refused(ref, 0, ErrorCode.KAFKA_STORAGE_ERROR, null));
        assertError(
                503,
                "the messages cannot be appended to t-0: KAFKA_STORAGE_ERROR",
                produce("", "{\"messages\":[{\"value\":\"x\"}]}"));
        produceAnswers(new PartitionProduced(
                ref,
                0,
                ErrorCode.INVALID_RECORD,
                -1,
                -1,
                -1,
                List.of(new PartitionProduced.RecordError(0, "a compacted topic needs keys")),
                "refused"));
        assertError(
                400,
                "refused; messages[0]: a compacted topic needs keys",
                produce("", "{\"messages\":[{\"value\":\"x\"}]}"));
    }

    @Test
    void aRefusedDeletionKeepsItsReason() {
        TopicRef ref = TopicRef.byName("t");
        when(rest.delete.delete(any(), eq(List.of(ref))))
                .thenReturn(List.of(new TopicOutcome(
                        ref, "t", null, 0, ErrorCode.TOPIC_DELETION_DISABLED, "delete.topic.enable is false")));
        assertError(409, "delete.topic.enable is false", rest.send("DELETE", "/v1/topics/t", null));
    }

    @Test
    void aFailedReadIsToldInsteadOfHalfAnAnswer() {
        produce("", "{\"messages\":[{\"value\":\"x\"}]}");
        rest.fetchFails(ErrorCode.KAFKA_STORAGE_ERROR);
        assertError(503, "the messages of t-0 cannot be read: KAFKA_STORAGE_ERROR", rest.get("/v1/topics/t/messages"));
    }

    @Test
    void aBugIsToldWithoutItsStack() {
        doThrow(new IllegalStateException("secret")).when(rest.describe).all(any());
        assertError(500, "internal error; the broker's log has the details", rest.get("/v1/topics"));
        doThrow(new AssertionError("secret")).when(rest.describe).all(any());
        assertError(500, "internal error; the broker's log has the details", rest.get("/v1/topics"));
    }

    @Test
    void aBrokerThatIsStoppingSaysSo() {
        doThrow(new BrokerException(ErrorCode.BROKER_NOT_AVAILABLE, "the broker is stopping"))
                .when(rest.describe)
                .all(any());
        assertError(503, "the broker is stopping", rest.get("/v1/topics"));
    }

    @ParameterizedTest
    @CsvSource({
        "400, GET /v1/groups/%zz HTTP/1.1",
        "400, GET /v1/groups/%ff HTTP/1.1",
        "400, GET /v1/groups/\u00ff HTTP/1.1",
        "400, GET /v1/topics/t/messages?limit=%zz HTTP/1.1",
        "505, GET /v1/broker HTTP/1.x",
        "400, '\u0001\u0002\u0003'",
        "505, GET /v1/broker",
    })
    void malformedHttpIsAnsweredInJsonToo(int status, String requestLine) {
        RawAnswer answer = raw(requestLine);
        assertEquals(status, answer.statusCode(), answer.text());
        assertTrue(answer.text().contains("\r\nContent-Type: application/json\r\n"), answer.text());
        assertTrue(answer.text().contains("\r\n\r\n{\"error\":\""), answer.text());
    }

    @Test
    void headersThatAreTooLargeAreRefused() {
        RawAnswer answer = raw("GET /v1/broker HTTP/1.1\r\nX: " + "x".repeat(20_000));
        assertEquals(431, answer.statusCode(), answer.text());
        assertTrue(answer.text().contains("{\"error\":\""), answer.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/groups/%00", "/v1/groups/a%00b", "/v1/topics/%00/messages"})
    void aPathCannotHaveNulAndTheAnswerSaysSo(String path) {
        assertError(
                400,
                "the request is not HTTP, or its path has what cannot be decoded: %00, or what is not UTF-8",
                rest.get(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "POST", "DELETE", "PATCH"})
    void aPathThatIsNotUtf8IsRefusedWithASentenceWhateverTheMethod(String method) {
        assertError(
                400,
                "the request is not HTTP, or its path has what cannot be decoded: %00, or what is not UTF-8"
                        + " (Bad UTF-8 encoding)",
                rest.send(method, "/v1/topics/%FF", null));
    }

    @Test
    void namesBeyondTheLimitAreRefusedWithTheLimit() {
        assertError(
                414,
                "the request's path, query string and headers are larger than the 8192 bytes accepted",
                rest.get("/v1/groups/" + "x".repeat(9000)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"partitions":0}      | partitions must be a whole number from 1 on
            {"partitions":"3"}    | partitions must be a whole number
            {"configs":[]}        | configs must be an object
            {"partition":1}       | unknown field 'partition' in the body; known are partitions, configs
            []                    | the body must be an object
            {"configs":{"a":1,"a":2}} | the body is not JSON: field 'a' is there twice (line 1, column 22)
            """)
    void whatDescribesANewTopicIsChecked(String body, String message) {
        assertError(400, message, rest.send("PUT", "/v1/topics/new", body));
    }

    @Test
    void aRefusedCreationKeepsItsReason() {
        when(rest.create.create(any(), any(), any()))
                .thenReturn(List.of(new TopicCreated(
                        "t", ErrorCode.TOPIC_ALREADY_EXISTS, "Topic 't' already exists.", null, List.of())));
        assertError(409, "Topic 't' already exists.", rest.send("PUT", "/v1/topics/t", null));
    }

    @Test
    void nothingExpiresOfATopicThatDeletesNothing() {
        rest.topics.with(new Topic("c", new UUID(0, 1), 1, (short) 1, Map.of("cleanup.policy", "compact")));
        assertError(
                409,
                "topic 'c' has cleanup.policy=compact: nothing of it expires without delete",
                rest.send("POST", "/v1/topics/c/expire", null));
        assertError(404, "there is no topic 'x'", rest.send("POST", "/v1/topics/x/expire", null));
    }

    @Test
    void nothingIsCompactedOfATopicThatIsNot() {
        rest.topics.with("d", 1);
        assertError(
                409,
                "topic 'd' has cleanup.policy=delete: nothing of it is compacted without compact",
                rest.send("POST", "/v1/topics/d/compact", null));
        assertError(404, "there is no topic 'x'", rest.send("POST", "/v1/topics/x/compact", null));
    }

    @Test
    void aTopicThatIsNotToBeCompactedAnyMoreIsNoMistakeOfTheCallers() {
        rest.topics.with(new Topic("c", new UUID(0, 1), 1, (short) 1, Map.of("cleanup.policy", "compact")));
        rest.topics.compactionFails(
                new BrokerException(ErrorCode.POLICY_VIOLATION, "c-0 is not to be compacted any more"));
        assertError(409, "c-0 is not to be compacted any more", rest.send("POST", "/v1/topics/c/compact", null));
    }

    @Test
    void theBrokersOwnTopicsAreNeitherMadeNorDeleted() {
        rest.topics.with(Topic.CONSUMER_OFFSETS, 50);
        HttpResponse<String> deletion = rest.send("DELETE", "/v1/topics/__consumer_offsets", null);
        assertError(
                409,
                "'__consumer_offsets' is the broker's own topic: groups would lose their offsets with it. A Kafka"
                        + " client can delete it",
                deletion);
        assertEquals(
                409, rest.send("PUT", "/v1/topics/__transaction_state", null).statusCode());
        verifyNoInteractions(rest.create, rest.delete);
    }

    @Test
    void aBodyWhereNoneIsReadIsRefused() {
        assertError(400, "this call takes no body", rest.send("DELETE", "/v1/topics/t", "{\"really\":true}"));
        verifyNoInteractions(rest.create, rest.delete);
    }

    private void produceAnswers(PartitionProduced answer) {
        doReturn(CompletableFuture.completedFuture(List.of(answer)))
                .when(rest.produce)
                .produce(any(), any());
    }

    private RawAnswer raw(String head) {
        return RawAnswer.to(rest.server.port(), head + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + rest.server.port() + path);
    }

    private HttpResponse<String> produce(String query, String body) {
        return rest.post("/v1/topics/t/messages" + query, body);
    }

    private static void assertError(int status, String message, HttpResponse<String> answer) {
        assertEquals("{\"error\":\"" + message.replace("\"", "\\\"") + "\"}", answer.body());
        assertEquals(status, answer.statusCode());
        assertEquals(
                "application/json", answer.headers().firstValue("Content-Type").orElse("none"));
    }
}
