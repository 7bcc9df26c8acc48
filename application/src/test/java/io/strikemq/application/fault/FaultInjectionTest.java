package io.strikemq.application.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fault.FaultHit;
import io.strikemq.domain.fault.FaultRule;
import io.strikemq.domain.fault.FaultStatus;
import io.strikemq.domain.fault.FaultableApi;
import io.strikemq.domain.intercept.Interceptors;
import io.strikemq.domain.intercept.NamedRow;
import io.strikemq.domain.intercept.SeenRequest;
import io.strikemq.domain.port.in.InjectFaults;
import io.strikemq.domain.port.out.ManualTime;
import io.strikemq.domain.request.RequestContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FaultInjectionTest {
    private static final ErrorCode ERROR = ErrorCode.NOT_LEADER_OR_FOLLOWER;

    private final ManualTime time = new ManualTime();
    private final Interceptors interceptors = new Interceptors();
    private final FaultInjection faults = new FaultInjection(
            interceptors,
            () -> List.of(new FaultableApi("Produce", 0, 13, false), new FaultableApi("Fetch", 4, 18, true)),
            time);

    @Test
    void requestsAreLookedAtOnlyWhileARuleMayHitOne() {
        assertNull(interceptors.active());
        long once = faults.add(FaultRule.on("Produce").answer(ERROR).once());
        assertNotNull(interceptors.active());

        assertFalse(faults.faults(request("Produce")).areNone());
        assertNull(interceptors.active(), "it is spent");
        assertTrue(faults.faults(request("Produce")).areNone());
        assertFalse(faults.find(once).orElseThrow().live());

        long always = faults.add(FaultRule.on("Produce").answer(ERROR));
        assertNotNull(interceptors.active());
        assertTrue(faults.remove(always));
        assertFalse(faults.remove(always));
        assertNull(interceptors.active());
        assertEquals(1, faults.removeAll());
        assertEquals(List.of(), faults.list());
    }

    @Test
    void aRuleEndsByTheBrokersClock() {
        faults.add(FaultRule.onEverything()
                .close()
                .until(Instant.ofEpochMilli(time.wallClockMillis()).plusSeconds(5)));
        assertFalse(faults.faults(request("Fetch")).areNone());

        time.advance(Duration.ofSeconds(5));

        assertTrue(faults.faults(request("Fetch")).areNone());
        assertNull(interceptors.active());
    }

    @Test
    void aRuleTellsWhatItHit() {
        long id = faults.add(
                FaultRule.on("Produce").topic("t").answer(ERROR).skip(1).times(50));

        faults.faults(request("Produce", new NamedRow(null, null, "t", 0)));
        faults.faults(request("Fetch", new NamedRow(null, null, "t", 0)));
        faults.faults(request("Produce", new NamedRow(null, null, "u", 0)));
        faults.faults(request("Produce", new NamedRow(null, null, "u", 0), new NamedRow(null, null, "t", 3)));

        FaultStatus status = faults.find(id).orElseThrow();
        assertEquals(2, status.matched());
        assertEquals(1, status.hits());
        FaultHit expected = new FaultHit(
                Instant.ofEpochMilli(time.wallClockMillis()),
                "Produce",
                7,
                "client",
                "/127.0.0.1",
                4242,
                List.of(new NamedRow(null, null, "t", 3)));
        assertEquals(List.of(expected), status.lastHits());
    }

    @Test
    void whatIsKeptIsLimited() {
        long id = faults.add(FaultRule.on("Produce").topic("t").answer(ERROR));
        NamedRow[] many = IntStream.range(0, 100)
                .mapToObj(partition -> new NamedRow(null, null, "t", partition))
                .toArray(NamedRow[]::new);
        IntStream.range(0, 100).forEach(i -> faults.faults(request("Produce", many)));

        FaultStatus status = faults.find(id).orElseThrow();
        assertEquals(100, status.hits());
        assertEquals(FaultStatus.MOST_HITS, status.lastHits().size());
        assertEquals(FaultHit.MOST_NAMES, status.lastHits().get(0).names().size());

        IntStream.range(1, InjectFaults.MOST_RULES)
                .forEach(i -> faults.add(FaultRule.onEverything().close()));
        BrokerException full = assertThrows(
                BrokerException.class, () -> faults.add(FaultRule.onEverything().close()));
        assertEquals(ErrorCode.POLICY_VIOLATION, full.error());
    }

    static Stream<Arguments> senseless() {
        return Stream.of(
                Arguments.of(FaultRule.on("Prodce").close(), "there is no API 'Prodce' here; there are Produce, Fetch"),
                Arguments.of(
                        FaultRule.on("Produce").versions(14, 20).close(),
                        "Produce has the versions 0 to 13, and none from 14 to 20"),
                Arguments.of(FaultRule.on().partition(-2).close(), "a partition is 0 or more, not -2"),
                Arguments.of(FaultRule.on("Produce").answer(ErrorCode.NONE), "NONE is no error to answer with"),
                Arguments.of(
                        FaultRule.on("Produce").corruptRecords(),
                        "answers of Produce carry no records; those of these APIs do: Fetch"),
                Arguments.of(
                        FaultRule.on("Fetch").corruptRecords().beforeHandling(),
                        "what befalls the answer comes after the request was handled, not before"),
                Arguments.of(FaultRule.on().close().times(0), "a rule hits at least once, not 0 times"),
                Arguments.of(
                        FaultRule.on().close().nth(0),
                        "the first request that matches is number 1, so none is number 0"),
                Arguments.of(FaultRule.on().close().probability(0, 1), "a probability is over 0 and up to 1, not 0.0"),
                Arguments.of(FaultRule.on().slow(0), "at least 1 byte comes in a second, not 0"),
                Arguments.of(
                        FaultRule.on().delay(Duration.ofSeconds(2), Duration.ofSeconds(1), 0),
                        "a delay goes from the shorter time to the longer one"),
                Arguments.of(
                        FaultRule.on().throttle(Duration.ofDays(2)), "a throttle time is from 0 to PT24H, not PT48H"));
    }

    @ParameterizedTest
    @MethodSource("senseless")
    void aRuleThatCouldNotBeFeltIsRefused(FaultRule rule, String message) {
        BrokerException refused = assertThrows(BrokerException.class, () -> faults.add(rule));

        assertEquals(message, refused.getMessage());
        assertEquals(ErrorCode.INVALID_REQUEST, refused.error());
        assertNull(interceptors.active());
    }

    private static SeenRequest request(String api, NamedRow... names) {
        return new SeenRequest() {
            @Override
            public String api() {
                return api;
            }

            @Override
            public short version() {
                return 7;
            }

            @Override
            public RequestContext context() {
                return new RequestContext(0, "PLAINTEXT", RequestContext.ANONYMOUS, "client", "/127.0.0.1");
            }

            @Override
            public int clientPort() {
                return 4242;
            }

            @Override
            public int correlationId() {
                return 1;
            }

            @Override
            public List<NamedRow> names() {
                return List.of(names);
            }
        };
    }
}
