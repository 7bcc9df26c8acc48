package io.strikemq.adapter.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fault.FaultHit;
import io.strikemq.domain.fault.FaultMatch;
import io.strikemq.domain.fault.FaultRule;
import io.strikemq.domain.fault.FaultStatus;
import io.strikemq.domain.intercept.NamedRow;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code /v1/faults}: the words of a rule, and what is wrong with some. */
class FaultsTest {
    private static final FaultMatch PRODUCE = FaultRule.on("Produce");

    private final AtomicReference<FaultRule> added = new AtomicReference<>();
    private RestFixture rest;

    @BeforeEach
    void start() throws IOException {
        rest = new RestFixture();
        when(rest.faults.add(any())).thenAnswer(call -> {
            added.set(call.getArgument(0));
            return 7L;
        });
        when(rest.faults.find(7)).thenAnswer(call -> Optional.of(status(added.get())));
    }

    @AfterEach
    void stop() {
        rest.close();
    }

    static Stream<Arguments> rules() {
        return Stream.of(
                Arguments.of(
                        "{'on':['Produce'],'topic':'t','times':2,'answer':'NOT_LEADER_OR_FOLLOWER'}",
                        PRODUCE.topic("t")
                                .answer(ErrorCode.NOT_LEADER_OR_FOLLOWER)
                                .times(2)),
                Arguments.of("{'close':true}", FaultRule.onEverything().close()),
                Arguments.of(
                        "{'on':['Fetch'],'versions':[4,12],'topic':'t','partition':1,'client_id':'c',"
                                + "'principal':'User:ANONYMOUS','corrupt_records':true}",
                        FaultRule.on("Fetch")
                                .versions(4, 12)
                                .topic("t")
                                .partition(1)
                                .clientId("c")
                                .principal("User:ANONYMOUS")
                                .corruptRecords()),
                Arguments.of(
                        "{'group':'g','transactional_id':'x','nth':3,'reset':true,'before_handling':true}",
                        FaultRule.onEverything()
                                .group("g")
                                .transactionalId("x")
                                .reset()
                                .nth(3)
                                .beforeHandling()),
                Arguments.of(
                        "{'skip':5,'probability':0.25,'seed':42,'until':'2026-01-31T12:00:00Z','withhold':true}",
                        FaultRule.onEverything()
                                .withhold()
                                .skip(5)
                                .probability(0.25, 42)
                                .until(Instant.parse("2026-01-31T12:00:00Z"))),
                Arguments.of("{'delay':'2s'}", FaultRule.onEverything().delay(Duration.ofSeconds(2))),
                Arguments.of(
                        "{'delay':100,'delay_most':'1s','delay_seed':9}",
                        FaultRule.onEverything().delay(Duration.ofMillis(100), Duration.ofSeconds(1), 9)),
                Arguments.of("{'throttle':'2s'}", FaultRule.onEverything().throttle(Duration.ofSeconds(2))),
                Arguments.of("{'slow':1000}", FaultRule.onEverything().slow(1000)),
                Arguments.of(
                        "{'answer':'REQUEST_TIMED_OUT','after_handling':true}",
                        FaultRule.onEverything()
                                .answer(ErrorCode.REQUEST_TIMED_OUT)
                                .afterHandling()));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aRuleIsSaidInItsOwnWordsAndShownInThemToo(String body, FaultRule rule) throws Exception {
        assertEquals(201, rest.post("/v1/faults", json(body)).statusCode());
        assertEquals(rule, added.get());

        String shown = tree(rest.get("/v1/faults/7")).get("rule").toString();
        assertEquals(201, rest.post("/v1/faults", shown).statusCode());
        assertEquals(rule, added.get(), shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{}|a fault rule says one of answer, delay, withhold, close, reset, corrupt_records, throttle and slow, this one none of them",
                "{'close':true,'slow':1}|a fault rule says one of answer, delay, withhold, close, reset, corrupt_records, throttle and slow, this one 2 of them",
                "{'close':false}|close must be true, or not be there",
                "{'answer':'NO_SUCH'}|answer must be the name of one of Kafka's errors, as NOT_LEADER_OR_FOLLOWER or COORDINATOR_NOT_AVAILABLE, not 'NO_SUCH'",
                "{'close':true,'versions':[1]}|versions must be two numbers, the lowest and the highest, as [3, 9]",
                "{'close':true,'partition':-1}|partition must be 0 or more, not -1",
                "{'close':true,'nth':1,'times':2}|nth says which single request is hit; with it there is neither skip nor times",
                "{'close':true,'seed':1}|seed has no meaning without probability",
                "{'close':true,'delay_most':1}|delay_most and delay_seed have no meaning without delay",
                "{'delay':1,'delay_seed':1}|delay_seed has no meaning without delay_most",
                "{'close':true,'before_handling':true,'after_handling':true}|a fault comes before_handling or after_handling, not both",
                "null|the body must be an object that describes a fault rule"
            })
    void whatIsWrongIsNamed(String body, String message) throws Exception {
        HttpResponse<String> refused = rest.post("/v1/faults", json(body));

        assertEquals(400, refused.statusCode());
        assertEquals(message, tree(refused).get("error").asText());
    }

    @Test
    void whatARuleHitIsShown() throws Exception {
        FaultHit hit = new FaultHit(
                Instant.parse("2026-01-31T12:00:00Z"),
                "OffsetCommit",
                9,
                "app",
                "/127.0.0.1",
                4242,
                List.of(new NamedRow("g", null, "t", 0)));
        FaultRule rule = FaultRule.onEverything().close();
        when(rest.faults.list()).thenReturn(List.of(new FaultStatus(3, rule, true, 5, 1, List.of(hit))));

        assertEquals(
                json("{'faults':[{'id':3,'rule':{'after_handling':true,'close':true},'live':true,'matched':5,'hits':1,"
                        + "'last_hits':[{'at':'2026-01-31T12:00:00Z','api':'OffsetCommit','version':9,"
                        + "'client_id':'app','client':'/127.0.0.1:4242',"
                        + "'names':[{'group':'g','topic':'t','partition':0}]}]}]}"),
                rest.get("/v1/faults").body());
    }

    @Test
    void rulesAreRemovedAndUnknownOnesAreNotFound() throws Exception {
        when(rest.faults.remove(7)).thenReturn(true);
        when(rest.faults.removeAll()).thenReturn(4);

        assertEquals("{\"removed\":1}", delete("/v1/faults/7").body());
        assertEquals("{\"removed\":4}", delete("/v1/faults").body());
        for (String id : List.of("8", "x")) {
            HttpResponse<String> missing = delete("/v1/faults/" + id);
            assertEquals(404, missing.statusCode());
            assertEquals("{\"error\":\"there is no fault rule '" + id + "'\"}", missing.body());
            assertEquals(404, rest.get("/v1/faults/" + id).statusCode());
        }
    }

    private HttpResponse<String> delete(String path) {
        return rest.send("DELETE", path, null);
    }

    private static JsonNode tree(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    private static FaultStatus status(FaultRule rule) {
        return new FaultStatus(7, rule, true, 0, 0, List.of());
    }

    private static String json(String text) {
        return text.replace('\'', '"').replace("Kafka\"s", "Kafka's");
    }
}
