package io.strikemq.adapter.rest;

import io.strikemq.domain.port.in.ResetBroker;
import java.util.List;

/** {@code /v1/reset}: the broker begins anew. */
public final class ResetApi extends RestApi {
    private final ResetBroker broker;

    public ResetApi(ResetBroker broker) {
        this.broker = broker;
    }

    @Override
    List<Route> routes() {
        return List.of(Route.post("/v1/reset", "begin anew: no topics, groups or transactions", this::reset));
    }

    private record Done(boolean reset) {}

    private Answer reset(RestCall call) {
        broker.reset();
        return Answer.ok(new Done(true));
    }
}
