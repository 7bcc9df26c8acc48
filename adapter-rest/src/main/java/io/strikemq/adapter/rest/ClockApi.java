package io.strikemq.adapter.rest;

import io.strikemq.domain.port.in.DriveClock;
import io.strikemq.domain.time.ClockState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** {@code /v1/clock}. */
public final class ClockApi extends RestApi {
    private static final int MAX_BODY = 1024;

    private final DriveClock clock;

    /** Drives this clock. */
    public ClockApi(DriveClock clock) {
        this.clock = clock;
    }

    @Override
    List<Route> routes() {
        return List.of(
                Route.get("/v1/clock", "the broker's time", call -> answer(clock.state())),
                Route.post("/v1/clock/freeze", "have the time stand still", call -> answer(clock.freeze())),
                Route.post("/v1/clock/advance", "let time pass, and do what becomes due", this::advance)
                        .withBody(call -> MAX_BODY),
                Route.post("/v1/clock/set", "set the time", this::set).withBody(call -> MAX_BODY),
                Route.post("/v1/clock/resume", "have the time go on", call -> answer(clock.resume())),
                Route.post("/v1/clock/reset", "have the machine's time again", call -> answer(clock.reset())));
    }

    /** What the clock shows, as text and in milliseconds; {@code aheadMs}: of the machine's clock. */
    private record Shown(String now, long nowMs, String mode, long aheadMs) {}

    private record Advance(JsonValue by) {}

    private record Set(JsonValue now) {}

    private static Answer answer(ClockState state) {
        return Answer.ok(new Shown(
                state.now().toString(),
                state.now().toEpochMilli(),
                state.mode().name().toLowerCase(Locale.ROOT),
                state.ahead().toMillis()));
    }

    private Answer advance(RestCall call) {
        Advance wanted = Json.read(call.body(), Advance.class);
        if (wanted == null || wanted.by() == null) {
            throw Failures.malformed("the body must be an object with the field 'by': how much time passes");
        }
        return answer(clock.advance(TimeFields.duration(wanted.by(), "by")));
    }

    private Answer set(RestCall call) {
        Set wanted = Json.read(call.body(), Set.class);
        if (wanted == null || wanted.now() == null) {
            throw Failures.malformed("the body must be an object with the field 'now': the time to be");
        }
        return answer(clock.set(Instant.ofEpochMilli(TimeFields.moment(wanted.now(), "now"))));
    }
}
