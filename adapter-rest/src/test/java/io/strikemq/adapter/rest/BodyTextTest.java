package io.strikemq.adapter.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.verifyNoInteractions;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that are not UTF-8 are refused, and never changed. */
class BodyTextTest {
    private RestFixture rest;

    @BeforeEach
    void start() throws IOException {
        rest = new RestFixture();
        rest.topics.with("t", 1);
    }

    @AfterEach
    void stop() {
        rest.close();
    }

    /** Bytes in hex between the quotes of a value. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ff",
                "fe",
                "80",
                "c3",
                "c328",
                "c080",
                "e28282ff",
                "eda080",
                "edb080",
                "f8a1a1a1a1",
                "f4908080",
                "f09f98"
            })
    void bytesThatAreNotUtf8AreRefused(String hex) {
        StringBuilder body = new StringBuilder("{\"messages\":[{\"value\":\"");
        for (int i = 0; i < hex.length(); i += 2) {
            body.append((char) Integer.parseInt(hex.substring(i, i + 2), 16));
        }
        HttpResponse<String> answer = post(body.append("\"}]}").toString(), StandardCharsets.ISO_8859_1);
        assertEquals(400, answer.statusCode(), answer.body());
        assertTrue(answer.body().startsWith("{\"error\":\"the body is not UTF-8, from byte "), answer.body());
        verifyNoInteractions(rest.produce);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32", "UTF-32LE"})
    void otherEncodingsOfUnicodeAreRefused(String charset) {
        HttpResponse<String> answer = post("{\"messages\":[{\"value\":\"a\"}]}", Charset.forName(charset));
        assertEquals(400, answer.statusCode(), answer.body());
        assertTrue(answer.body().startsWith("{\"error\":\"the body is not UTF-8"), answer.body());
        verifyNoInteractions(rest.produce);
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Encoding, gzip, 415",
        "Content-Encoding, 'gzip, identity', 415",
        "Content-Encoding, br, 415",
        "Content-Encoding, identity, 200",
        "Content-Type, application/json; charset=iso-8859-1, 415",
        "Content-Type, application/json; charset=utf-16, 415",
        "Content-Type, application/json; charset=UTF-8, 200",
        "Content-Type, text/plain; charset=us-ascii, 200",
        "Content-Type, nonsense, 200",
    })
    void aBodyThatSaysItIsSomethingElseIsRefused(String header, String value, int status) {
        HttpResponse<String> answer =
                rest.send("POST", "/v1/topics/t/messages", "{\"messages\":[{\"value\":\"a\"}]}", header, value);
        assertEquals(status, answer.statusCode(), answer.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"messages\":[{\"value\":\"a\"}]}", " [{\"value\":\"a\"}]"})
    void aByteOrderMarkInFrontIsNoPartOfTheBody(String body) {
        assertEquals(200, post("\ufeff" + body, StandardCharsets.UTF_8).statusCode());
    }

    @Test
    void aBodyThatBeginsWithAnyOtherCharacterIsNotCalledEmpty() {
        HttpResponse<String> answer = post("é", StandardCharsets.UTF_8);
        assertEquals(400, answer.statusCode());
        assertTrue(answer.body().startsWith("{\"error\":\"the body is not JSON"), answer.body());
        assertEquals(
                "{\"error\":\"the body is empty; it has to be JSON\"}",
                post("\ufeff ", StandardCharsets.UTF_8).body());
    }

    @Test
    void aLongBodyIsCheckedToItsEnd() {
        String body = "{\"messages\":[{\"value\":\"" + "é".repeat(100_000) + "\"}]}";
        assertEquals(200, post(body, StandardCharsets.UTF_8).statusCode());
        assertEquals(400, post(body + "é", StandardCharsets.ISO_8859_1).statusCode());
    }

    private HttpResponse<String> post(String body, Charset charset) {
        return rest.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rest.server.port() + "/v1/topics/t/messages"))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body.getBytes(charset)))
                        .build());
    }
}
