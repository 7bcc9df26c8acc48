package io.strikemq.adapter.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.intercept.NamedRow;
import io.strikemq.domain.intercept.Outcome.Fate;
import io.strikemq.domain.intercept.RowError;
import io.strikemq.domain.journal.Happening;
import io.strikemq.domain.journal.Happening.Kind;
import io.strikemq.domain.journal.JournalSize;
import io.strikemq.domain.journal.JournaledEvent;
import io.strikemq.domain.journal.JournaledRequest;
import io.strikemq.domain.journal.RequestFilter;
import io.strikemq.domain.journal.Subject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.ArgumentCaptor;

/** The shapes of the journal, and what its queries mean. */
class JournalApiTest {
    private RestFixture rest;

    @BeforeEach
    void start() throws IOException {
        rest = new RestFixture();
        when(rest.journal.size()).thenReturn(new JournalSize(10, 1, 4));
    }

    @AfterEach
    void stop() {
        rest.awaitNoMemoryUsed();
        rest.close();
    }

    @Test
    void aRequestHasTheseFields() {
        NamedRow row = new NamedRow(null, "x", "t", 0);
        when(rest.journal.requests(any()))
                .thenReturn(List.of(new JournaledRequest(
                        5,
                        7,
                        "c",
                        "/127.0.0.1",
                        40000,
                        "Produce",
                        (short) 11,
                        List.of(row),
                        Fate.ANSWERED,
                        List.of(new RowError(NamedRow.WHOLE, ErrorCode.INVALID_RECORD, "bad")),
                        0,
                        123)));
        assertEquals(
                "{\"capacity\":10,\"kept\":1,\"dropped\":4,\"requests\":[{\"number\":5,\"time_ms\":7,\"client_id\":\"c\","
                        + "\"host\":\"/127.0.0.1\",\"port\":40000,\"api\":\"Produce\",\"version\":11,\"names\":[{"
                        + "\"transactional_id\":\"x\",\"topic\":\"t\",\"partition\":0}],\"fate\":\"answered\",\"errors\":[{"
                        + "\"error\":\"INVALID_RECORD\",\"message\":\"bad\"}],\"left_out\":0,\"duration_us\":123}]}",
                rest.get("/v1/journal").body());
    }

    @Test
    void anEventHasTheseFields() {
        when(rest.journal.events(any()))
                .thenReturn(List.of(
                        new JournaledEvent(1, 7, Happening.ofGroup(Kind.GROUP_STABLE, "g", "group g is Stable"))));
        assertEquals(
                "{\"events\":[{\"number\":1,\"time_ms\":7,\"kind\":\"group_stable\",\"group\":\"g\",\"text\":\"group g is"
                        + " Stable\"}]}",
                rest.get("/v1/journal/events?kind=GROUP_STABLE&group=g").body());
    }

    @Test
    void aQueryIsAFilter() {
        rest.get(
                "/v1/journal?api=Produce&version=11&topic=t&partition=0&group=g&transactional_id=x&client_id=c&error=any&fate=closed"
                        + "&since_ms=0&after=3");
        ArgumentCaptor<RequestFilter> asked = ArgumentCaptor.forClass(RequestFilter.class);
        verify(rest.journal).requests(asked.capture());
        assertEquals(
                "requests with API Produce, version 11, group g, transactional id x, client c, fate CLOSED, since"
                        + " 1970-01-01T00:00:00Z, after #3, partition t-0, an error",
                asked.getValue().text());
    }

    @Test
    void itIsToldHowMuchToKeepAndToForget() {
        assertEquals(
                "{\"capacity\":10,\"kept\":1,\"dropped\":4}",
                rest.send("PUT", "/v1/journal", "{\"requests\":10}").body());
        verify(rest.journal).keep(10);
        assertEquals(200, rest.send("DELETE", "/v1/journal", null).statusCode());
        verify(rest.journal).clear();
        assertEquals(400, rest.send("PUT", "/v1/journal", "{\"requests\":-1}").statusCode());
        assertEquals(400, rest.send("PUT", "/v1/journal", "{}").statusCode());
    }

    @Test
    void oneThingIsExplained() {
        when(rest.journal.explain(Subject.error(ErrorCode.INVALID_RECORD))).thenReturn(List.of("so it was"));
        assertEquals(
                "{\"sentences\":[\"so it was\"]}",
                rest.get("/v1/explain?error=invalid_record").body());
        rest.get("/v1/explain?transactional_id=x");
        verify(rest.journal).explain(Subject.transaction("x"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/explain | one of the query parameters group, topic, transactional_id, error says",
                "/v1/explain?group=g&topic=t | one of the query parameters",
                "/v1/explain?error=nope | query parameter 'error' must be one of Kafka's errors, such as",
                "/v1/journal?fate=lost | must be one of answered, not_asked_for, withheld, closed, abandoned, not 'lost'",
                "/v1/journal?partition=0 | query parameter 'partition' needs 'topic' beside it",
                "/v1/journal?version=-1 | query parameter 'version' must be a whole number from 0 to 32767, not '-1'",
                "/v1/journal?tpoic=t | unknown query parameter 'tpoic'",
                "/v1/journal/count?exactly=1&at_most=2 | query parameter 'exactly' goes with no other bound",
                "/v1/journal/count?at_least=3&at_most=2 | at_least must not be more than at_most",
                "/v1/journal/events?kind=nothing | query parameter 'kind' must be one of topic_created",
            })
    void whatMeansNothingIsRefused(String path, String why) {
        HttpResponse<String> answer = rest.get(path);
        assertEquals(400, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains(why), answer.body());
    }
}
