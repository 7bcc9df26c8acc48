package io.strikemq.adapter.rest;

import io.strikemq.domain.await.Awaited;
import io.strikemq.domain.await.Condition;
import io.strikemq.domain.await.UnmetCondition;
import io.strikemq.domain.await.Wait;
import io.strikemq.domain.port.in.AwaitState;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

/** {@code /v1/await}: a long poll. No thread waits with it. */
public final class AwaitApi extends RestApi {
    private static final int MAX_BODY = 64 << 10;

    private final AwaitState state;

    /** Waits by this port. */
    public AwaitApi(AwaitState state) {
        this.state = state;
    }

    @Override
    List<Route> routes() {
        return List.of(Route.post("/v1/await", "wait until something is true of the broker", this::await)
                .withBody(call -> MAX_BODY));
    }

    private record Met(String condition, String seen, long tookMs) {}

    private Answer await(RestCall call) {
        AwaitBody body = AwaitBody.read(call.body());
        Condition condition = body.condition();
        Wait wait = state.begin(condition);
        return new Answer.Later(
                wait.outcome().handle((met, failure) -> answer(condition.text(), met, failure)),
                body.timeout(),
                wait::giveUp,
                wait::cancel);
    }

    private static Answer answer(String condition, Awaited met, Throwable failure) {
        if (failure == null) {
            return Answer.ok(new Met(condition, met.seen(), met.took().toMillis()));
        }
        Throwable reason = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (reason instanceof UnmetCondition unmet) {
            throw new Refusal(408, unmet.getMessage());
        }
        if (reason instanceof CancellationException) {
            throw new Refusal(408, "the caller hung up");
        }
        throw reason instanceof RuntimeException known ? known : new CompletionException(reason);
    }
}
