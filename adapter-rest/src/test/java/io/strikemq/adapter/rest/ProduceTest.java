package io.strikemq.adapter.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a body becomes in the log. */
class ProduceTest {
    private RestFixture rest;

    @BeforeEach
    void start() throws IOException {
        rest = new RestFixture();
        rest.topics.with("t", 2);
    }

    @AfterEach
    void stop() {
        rest.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"value":"plain"}                     | "key":null,"value":"plain"
            {"value":""}                          | "key":null,"value":""
            {"value":null,"key":"gone"}           | "key":"gone","value":null
            {"value":"aGk=","value_encoding":"base64"} | "key":null,"value":"hi"
            {"value_encoding":"base64","value":"aGk="} | "key":null,"value":"hi"
            {"key":"/w==","key_encoding":"base64","value":"é"} | "key":"/w==","value":"é","key_encoding":"base64"
            {"value":"a","value_encoding":"utf-8"} | "key":null,"value":"a"
            {"key":7,"value":1.50}                | "key":"7","value":"1.50"
            {"value":true}                        | "key":null,"value":"true"
            {"value":{"id": 7, "price": 1.50, "tags": ["x"]}} | \
            "key":null,"value":"{\\"id\\":7,\\"price\\":1.50,\\"tags\\":[\\"x\\"]}"
            {"value":"a","headers":[{"key":"h","value":"v"},{"key":"h","value":null}]} | \
            "key":null,"value":"a","headers":[{"key":"h","value":"v"},{"key":"h","value":null}]
            {"value":"a","headers":{"h":"v"}}     | "key":null,"value":"a","headers":[{"key":"h","value":"v"}]
            {"value":"a","headers":null}          | "key":null,"value":"a"
            {"value":"a","headers":[]}            | "key":null,"value":"a"
            {"value":"a","headers":{"h":{"n":1.0},"i":null}} | \
            "key":null,"value":"a","headers":[{"key":"h","value":"{\\"n\\":1.0}"},{"key":"i","value":null}]
            """)
    void aMessageIsStoredAsUsersExpect(String message, String shown) {
        rest.post("/v1/topics/t/messages", "{\"messages\":[" + message + "]}");
        assertEquals(
                "[{\"offset\":0,\"timestamp\":1234567890," + shown + "}]",
                rest.get("/v1/topics/t/messages").body());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ?partition=1 | {"messages":[{"value":"x"}]}
            ?partition=1 | {"messages":[{"value":"x"}],"partition":1}
            ``           | {"messages":[{"value":"x"}],"partition":1}
            ``           | {"messages":[{"value":"x","partition":1},{"value":"y"}]}
            """)
    void thePartitionMayBeNamedInTheQueryStringInTheBodyAndInMessages(String query, String body) {
        rest.post("/v1/topics/t/messages" + query, body);
        assertEquals("[]", rest.get("/v1/topics/t/messages?partition=0").body());
        assertEquals(
                "[{\"offset\":0,\"timestamp\":1234567890,\"key\":null,\"value\":\"x\"}]",
                rest.get("/v1/topics/t/messages?partition=1&limit=1").body());
    }

    @Test
    void aMessageKeepsTheTimestampThatItNames() {
        rest.post("/v1/topics/t/messages", """
                {"messages":[{"value":"a","timestamp":5},{"value":"b","timestamp":-1},{"value":"c"}]}""");
        assertEquals("""
                [{"offset":0,"timestamp":5,"key":null,"value":"a"},\
                {"offset":1,"timestamp":-1,"key":null,"value":"b"},\
                {"offset":2,"timestamp":1234567890,"key":null,"value":"c"}]""", rest.get("/v1/topics/t/messages").body());
    }

    @Test
    void whatAPeekShowsCanBePostedAsItIs() {
        rest.post("/v1/topics/t/messages", """
                {"messages":[{"value":"x"},{"value":"/w==","value_encoding":"base64","headers":{"h":"v"}}]}""");
        String shown = rest.get("/v1/topics/t/messages?offset=1").body();
        rest.post("/v1/topics/t/messages?partition=1", shown);
        assertEquals(
                shown.replace("\"offset\":1", "\"offset\":0"),
                rest.get("/v1/topics/t/messages?partition=1").body());
    }
}
