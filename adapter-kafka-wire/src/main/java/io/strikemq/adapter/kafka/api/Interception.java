package io.strikemq.adapter.kafka.api;

import io.strikemq.adapter.kafka.net.Response;
import io.strikemq.adapter.kafka.wire.RequestMessage;
import io.strikemq.adapter.kafka.wire.ResponseMessage;
import io.strikemq.domain.fault.FaultMatch;
import io.strikemq.domain.fault.FaultPlan;
import io.strikemq.domain.fault.FaultPlan.Ending;
import io.strikemq.domain.fault.InjectedFaults;
import io.strikemq.domain.intercept.Interceptors;
import io.strikemq.domain.intercept.NamedRow;
import io.strikemq.domain.intercept.Outcome;
import io.strikemq.domain.intercept.Outcome.Fate;
import io.strikemq.domain.intercept.RequestObserver.Observation;
import io.strikemq.domain.intercept.RowError;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * What those do with one request who see it: faults befall it, and the outcome is told to the observer. Exists only while there are
 * some, and only for requests that are of interest. What befalls a request before it is handled comes on its event
 * loop, all else on whatever thread answers it.
 */
final class Interception<Q extends RequestMessage> {
    private static final Runnable NOTHING = () -> {};

    private final RequestPipeline pipeline;
    private final ApiCall<Q> call;
    private final Function<UUID, String> topicNames;
    private final List<NamedRow> names;
    private final InjectedFaults faults;
    private final Observation observation;
    private final Q asked;
    /** How often all had been let go that faults make wait, before these faults were decided on. */
    private final int letGoBefore;
    /** What was refused before the rest was handled; null for nothing. */
    private ResponseMessage refused;
    /** Why the request as a whole is refused; null where it is not, or nothing is known. */
    private volatile String reason;

    private Interception(
            RequestPipeline pipeline,
            ApiCall<Q> call,
            Seen<Q> seen,
            InjectedFaults faults,
            Observation observation,
            int letGoBefore) {
        this.pipeline = pipeline;
        this.call = call;
        this.topicNames = seen.topicNames();
        this.names = faults.areNone() ? List.of() : seen.names();
        this.faults = faults;
        this.observation = observation;
        this.asked = call.request();
        this.letGoBefore = letGoBefore;
    }

    /** Shows a request, before it is handled. Null when nobody wants to do anything with it. */
    static <Q extends RequestMessage> Interception<Q> of(
            RequestPipeline pipeline, Interceptors.Active active, ApiCall<Q> call, TopicNames topicNames) {
        Seen<Q> seen = new Seen<>(call, id -> topicNames.of(call.context(), id));
        Observation observation =
                active.observer() == null ? null : active.observer().arrived(seen);
        int letGoBefore = pipeline.held().timesLetGo();
        InjectedFaults faults = active.injector() == null
                ? InjectedFaults.NONE
                : active.injector().faults(seen);
        return observation == null && faults.areNone()
                ? null
                : new Interception<>(pipeline, call, seen, faults, observation, letGoBefore);
    }

    /**
     * Has the request handled, after what befalls it before, or not at all.
     *
     * @param frame the bytes of the request, valid until this returns
     */
    void begin(ByteBuffer frame) {
        FaultPlan before = faults.before();
        if (before.delay().isZero()) {
            befall(before);
            return;
        }
        call.keep(frame);
        pipeline.held()
                .hold(
                        before.delay(),
                        letGoBefore,
                        call.responder(),
                        () -> call.responder().later(() -> befall(before)),
                        this::abandoned);
    }

    private void befall(FaultPlan before) {
        if (before.ending() != Ending.AN_ANSWER) {
            end(before.ending());
            return;
        }
        if (!before.answers().isEmpty()) {
            Refusals refusals = Refusals.of(call, names, before.answers(), topicNames);
            if (refusals.isWhole()) {
                pipeline.sendRefusal(call, refusals.answer(), "a fault");
                return;
            }
            refused = refusals.answer();
            RowReader others = new RowReader(topicNames, row -> Refusals.first(before.answers(), row) == null);
            call.narrow(call.api().withoutWaiting(call.api().select(asked, call.version(), others)));
        }
        pipeline.dispatch(call);
    }

    /** The request is answered by this, or by what faults make of it. */
    void answer(ResponseMessage handled, Runnable release) {
        ResponseMessage answer;
        try {
            answer = befallen(handled);
        } catch (RuntimeException | Error e) {
            release.run();
            pipeline.failed(call, "has an answer that no fault can befall", e);
            call.close("a fault could not befall its answer");
            return;
        }
        List<ByteBuffer> bytes = pipeline.write(call, answer, release);
        if (bytes != null) {
            Response response = new Response(bytes, release);
            after(() -> send(answer, response), release);
        }
    }

    private ResponseMessage befallen(ResponseMessage handled) {
        ResponseMessage answer = refused == null ? handled : handled.join(refused);
        FaultPlan after = faults.after();
        call.narrow(asked);
        if (!after.answers().isEmpty()) {
            Refusals refusals = Refusals.of(call, names, after.answers(), topicNames);
            answer = refusals.isWhole() ? refusals.answer() : answer.join(refusals.answer());
        }
        for (FaultMatch each : after.corrupted()) {
            answer = call.api().corrupted(answer, new RowReader(topicNames, each::matches));
        }
        if (!after.throttle().isZero() && answer.carriesThrottleTime(call.version())) {
            answer = answer.throttled(Math.toIntExact(after.throttle().toMillis()));
        }
        return answer;
    }

    private void send(ResponseMessage told, Response response) {
        FaultPlan after = faults.after();
        if (after.ending() != Ending.AN_ANSWER) {
            response.release().run();
            end(after.ending());
            return;
        }
        if (observation != null) {
            RowReader reader = new RowReader(topicNames, row -> true);
            told.errors(reader);
            observation.settled(new Outcome(Fate.ANSWERED, explained(reader.errors())));
        }
        if (after.bytesPerSecond() == 0) {
            call.responder().send(response);
        } else {
            new SlowAnswer(response, after.bytesPerSecond(), call.responder(), pipeline.held(), letGoBefore).send();
        }
    }

    /** The request as a whole is refused, and this is why: most answers have no place for it. */
    void refusedFor(String message) {
        reason = message;
    }

    private List<RowError> explained(List<RowError> errors) {
        String why = reason;
        return why == null
                ? errors
                : errors.stream()
                        .map(each -> each.message() == null ? new RowError(each.row(), each.error(), why) : each)
                        .toList();
    }

    /** The request was handled and asked for no answer. */
    void answerNothing() {
        after(this::sendNothing, NOTHING);
    }

    private void sendNothing() {
        FaultPlan after = faults.after();
        if (after.ending() != Ending.AN_ANSWER) {
            end(after.ending());
        } else if (!after.answers().isEmpty()) {
            call.close("a fault refuses a request that asks for no answer");
        } else {
            settle(Fate.NOT_ASKED_FOR);
            call.responder().none();
        }
    }

    /** The connection is closed, since there is no answer. */
    void closed() {
        settle(Fate.CLOSED);
    }

    /** Nobody waits for an answer any more. */
    void abandoned() {
        settle(Fate.ABANDONED);
        call.responder().none();
    }

    private void after(Runnable then, Runnable release) {
        if (faults.after().delay().isZero()) {
            then.run();
            return;
        }
        pipeline.held().hold(faults.after().delay(), letGoBefore, call.responder(), then, () -> {
            release.run();
            abandoned();
        });
    }

    private void end(Ending ending) {
        switch (ending) {
            case WITHHELD -> {
                settle(Fate.WITHHELD);
                call.responder().withhold();
            }
            case CLOSED -> {
                settle(Fate.CLOSED);
                call.responder().hangUp();
            }
            case RESET -> {
                settle(Fate.CLOSED);
                call.responder().reset();
            }
            case AN_ANSWER -> throw new IllegalStateException("an answer is no other ending");
        }
    }

    private void settle(Fate fate) {
        if (observation != null) {
            observation.settled(Outcome.of(fate));
        }
    }
}
