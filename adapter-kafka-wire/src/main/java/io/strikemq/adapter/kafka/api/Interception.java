package io.strikemq.adapter.kafka.api;

import io.strikemq.adapter.kafka.wire.RequestMessage;
import io.strikemq.adapter.kafka.wire.ResponseMessage;
import io.strikemq.domain.intercept.Interceptors;
import io.strikemq.domain.intercept.NamedRow;
import io.strikemq.domain.intercept.Outcome;
import io.strikemq.domain.intercept.Outcome.Fate;
import io.strikemq.domain.intercept.RequestObserver.Observation;
import io.strikemq.domain.intercept.RowError;
import io.strikemq.domain.intercept.SeenRequest;
import io.strikemq.domain.request.RequestContext;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;

/** What those who want to see requests do with one of them. Exists only while there are some. */
final class Interception {
    private final Function<UUID, String> topicNames;
    private final Observation observation;

    private Interception(Function<UUID, String> topicNames, Observation observation) {
        this.topicNames = topicNames;
        this.observation = observation;
    }

    /** Shows a request, before it is handled. Null when nobody wants to know more of it. */
    static <Q extends RequestMessage> Interception of(
            Interceptors.Active active, ApiCall<Q> call, TopicNames topicNames) {
        Function<UUID, String> names = id -> topicNames.of(call.context(), id);
        Observation observation = active.observer().arrived(new Seen<>(call, names));
        return observation == null ? null : new Interception(names, observation);
    }

    /** The request is answered by this. */
    void answered(ResponseMessage answer) {
        observation.settled(new Outcome(Fate.ANSWERED, errors(answer)));
    }

    /** The request ends without an answer. */
    void unanswered(Fate fate) {
        observation.settled(Outcome.of(fate));
    }

    private List<RowError> errors(ResponseMessage answer) {
        RowReader reader = new RowReader(topicNames, row -> true);
        answer.errors(reader);
        return reader.errors();
    }

    /** A request that is shown. */
    private static final class Seen<Q extends RequestMessage> implements SeenRequest {
        private final ApiCall<Q> call;
        private final Function<UUID, String> topicNames;
        private List<NamedRow> names;

        Seen(ApiCall<Q> call, Function<UUID, String> topicNames) {
            this.call = call;
            this.topicNames = topicNames;
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
                Predicate<NamedRow> all = row -> true;
                RowReader reader = new RowReader(topicNames, all);
                call.api().select(call.request(), call.version(), reader);
                names = reader.rows();
            }
            return names;
        }
    }
}
