package io.strikemq.adapter.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.time.ClockState;
import io.strikemq.domain.time.ClockState.Mode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockApiTest {
    private static final Instant NEW_YEAR = Instant.parse("2040-01-01T00:00:00Z");
    private static final ClockState STATE = new ClockState(NEW_YEAR, Mode.FROZEN, Duration.ofMillis(-5));
    private static final String SHOWN =
            "{\"now\":\"2040-01-01T00:00:00Z\",\"now_ms\":2208988800000,\"mode\":\"frozen\",\"ahead_ms\":-5}";

    private RestFixture rest;

    @BeforeEach
    void start() throws IOException {
        rest = new RestFixture();
    }

    @AfterEach
    void stop() {
        rest.close();
    }

    @Test
    void theClockIsShownAndDrivenWithoutABody() {
        when(rest.clock.state()).thenReturn(STATE);
        when(rest.clock.freeze()).thenReturn(STATE);
        when(rest.clock.resume()).thenReturn(STATE);
        when(rest.clock.reset()).thenReturn(STATE);
        assertAnswer(200, SHOWN, rest.get("/v1/clock"));
        assertAnswer(200, SHOWN, rest.send("POST", "/v1/clock/freeze", null));
        assertAnswer(200, SHOWN, rest.send("POST", "/v1/clock/resume", null));
        assertAnswer(200, SHOWN, rest.send("POST", "/v1/clock/reset", null));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            value = {
                "1500, PT1.5S",
                "0, PT0S",
                "\"7d\", PT168H",
                "\"1h30m\", PT1H30M",
                "\"500ms\", PT0.5S",
                "\"10s\", PT10S",
                "\"PT10M\", PT10M",
                "\"P1DT1S\", PT24H1S"
            })
    void timeIsAdvancedByMillisecondsOrWhatPeopleWrite(String by, Duration meant) {
        when(rest.clock.advance(meant)).thenReturn(STATE);
        assertAnswer(200, SHOWN, rest.post("/v1/clock/advance", "{\"by\":" + by + "}"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            value = {
                "2208988800000",
                "\"2040-01-01T00:00:00Z\"",
                "\"2040-01-01T00:00:00\"",
                "\"2040-01-01T01:00:00+01:00\""
            })
    void theTimeIsSetInMillisecondsOrAsText(String now) {
        when(rest.clock.set(NEW_YEAR)).thenReturn(STATE);
        assertAnswer(200, SHOWN, rest.post("/v1/clock/set", "{\"now\":" + now + "}"));
        verify(rest.clock).set(NEW_YEAR);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            value = {
                "-1",
                "\"-1s\"",
                "\"1 d\"",
                "\"soon\"",
                "\"\"",
                "null",
                "true",
                "1.5",
                "\"PT-1S\"",
                "\"999999999999999999d\"",
                "99999999999999999999"
            })
    void whatIsNoDurationIsRefusedInASentence(String by) {
        assertAnswer(
                400,
                "{\"error\":\"by must be milliseconds from 0 on, or a time as \\\"7d\\\", \\\"1h30m\\\", \\\"500ms\\\" or \\\"PT10M\\\", not "
                        + by.replace("\"", "\\\"") + "\"}",
                rest.post("/v1/clock/advance", "{\"by\":" + by + "}"));
        verifyNoInteractions(rest.clock);
    }

    @Test
    void whatIsNoMomentOrMissingOrUnknownIsRefusedInASentence() {
        assertAnswer(
                400,
                "{\"error\":\"now must be milliseconds from 0 on, or a time as \\\"2026-01-31T12:00:00Z\\\", not \\\"noon\\\"\"}",
                rest.post("/v1/clock/set", "{\"now\":\"noon\"}"));
        assertAnswer(
                400,
                "{\"error\":\"the body must be an object with the field 'now': the time to be\"}",
                rest.post("/v1/clock/set", "{}"));
        assertAnswer(
                400,
                "{\"error\":\"the body must be an object with the field 'by': how much time passes\"}",
                rest.post("/v1/clock/advance", "null"));
        assertEquals(400, rest.post("/v1/clock/advance", "{\"by\":1,\"to\":2}").statusCode());
        assertEquals(400, rest.post("/v1/clock/freeze", "{}").statusCode());
        verifyNoInteractions(rest.clock);
    }

    @Test
    void whatTheClockRefusesHasItsStatus() {
        doThrow(new BrokerException(ErrorCode.INVALID_REQUEST, "too much"))
                .when(rest.clock)
                .advance(any());
        assertAnswer(400, "{\"error\":\"too much\"}", rest.post("/v1/clock/advance", "{\"by\":1}"));
        doThrow(new BrokerException(ErrorCode.REQUEST_TIMED_OUT, "still at work"))
                .when(rest.clock)
                .advance(any());
        assertAnswer(503, "{\"error\":\"still at work\"}", rest.post("/v1/clock/advance", "{\"by\":1}"));
    }

    @Test
    void aForeignPageDrivesNoClock() {
        assertEquals(
                403,
                rest.send("POST", "/v1/clock/freeze", null, "Origin", "http://evil.example")
                        .statusCode());
        assertEquals(
                403,
                rest.send("GET", "/v1/clock", null, "Origin", "http://evil.example")
                        .statusCode());
        verifyNoInteractions(rest.clock);
    }

    private static void assertAnswer(int status, String json, HttpResponse<String> answer) {
        assertEquals(json, answer.body());
        assertEquals(status, answer.statusCode());
    }
}
