package io.strikemq.adapter.kafka.api;

import io.strikemq.adapter.kafka.wire.RequestMessage;
import io.strikemq.domain.intercept.NamedRow;
import io.strikemq.domain.intercept.SeenRequest;
import io.strikemq.domain.request.RequestContext;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** A call as those see it who look on. Used by one thread at a time. */
final class Seen<Q extends RequestMessage> implements SeenRequest {
    private final ApiCall<Q> call;
    private final Function<UUID, String> topicNames;
    private List<NamedRow> names;

    Seen(ApiCall<Q> call, Function<UUID, String> topicNames) {
        this.call = call;
        this.topicNames = topicNames;
    }

    Function<UUID, String> topicNames() {
        return topicNames;
    }

    @Override
    public String api() {
        return call.api().key().displayName();
    }

    @Override
    public short version() {
        return call.version();
    }

    @Override
    public RequestContext context() {
        return call.context();
    }

    @Override
    public int clientPort() {
        return call.connection().remote().getPort();
    }

    @Override
    public int correlationId() {
        return call.correlationId();
    }

    @Override
    public List<NamedRow> names() {
        if (names == null) {
            RowReader reader = new RowReader(topicNames, row -> true);
            call.api().select(call.request(), call.version(), reader);
            names = reader.rows();
        }
        return names;
    }
}
