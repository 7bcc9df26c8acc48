package io.strikemq.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fault.FaultHit;
import io.strikemq.domain.fault.FaultRule;
import io.strikemq.domain.fault.FaultStatus;
import io.strikemq.domain.intercept.NamedRow;
import io.strikemq.domain.port.in.InjectFaults;
import java.util.List;

/** {@code /v1/faults}. */
public final class FaultsApi extends RestApi {
    private static final int MAX_BODY = 64 << 10;

    private final InjectFaults faults;

    /** Injects by this port. */
    public FaultsApi(InjectFaults faults) {
        this.faults = faults;
    }

    @Override
    List<Route> routes() {
        return List.of(
                Route.get("/v1/faults", "the fault rules, and what they hit", this::list),
                Route.post("/v1/faults", "add a fault rule", this::add).withBody(call -> MAX_BODY),
                Route.delete(
                        "/v1/faults", "remove all fault rules", call -> Answer.ok(new Removed(faults.removeAll()))),
                Route.get("/v1/faults/{id}", "a fault rule, and what it hit", this::get),
                Route.delete("/v1/faults/{id}", "remove a fault rule", this::remove));
    }

    private record Faults(List<Fault> faults) {}

    private record Fault(long id, FaultFields rule, boolean live, long matched, long hits, List<Hit> lastHits) {
        static Fault of(FaultStatus status) {
            return new Fault(
                    status.id(),
                    FaultFields.of(status.rule()),
                    status.live(),
                    status.matched(),
                    status.hits(),
                    status.lastHits().stream().map(Hit::of).toList());
        }
    }

    private record Hit(String at, String api, int version, String clientId, String client, List<Name> names) {
        static Hit of(FaultHit hit) {
            return new Hit(
                    hit.at().toString(),
                    hit.api(),
                    hit.version(),
                    hit.clientId(),
                    hit.clientAddress() + ":" + hit.clientPort(),
                    hit.names().stream().map(Name::of).toList());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Name(String group, String transactionalId, String topic, Integer partition) {
        static Name of(NamedRow row) {
            return new Name(
                    row.group(),
                    row.transactionalId(),
                    row.topic(),
                    row.partition() == NamedRow.NO_PARTITION ? null : (Integer) row.partition());
        }
    }

    private record Removed(int removed) {}

    private Answer list(RestCall call) {
        return Answer.ok(new Faults(faults.list().stream().map(Fault::of).toList()));
    }

    private Answer add(RestCall call) {
        FaultRule rule = FaultBody.read(call.body());
        long id = faults.add(rule);
        return Answer.created(faults.find(id).map(Fault::of).orElseThrow(() -> unknown(String.valueOf(id))));
    }

    private Answer get(RestCall call) {
        String id = call.pathParameter("id");
        return Answer.ok(faults.find(number(id)).map(Fault::of).orElseThrow(() -> unknown(id)));
    }

    private Answer remove(RestCall call) {
        String id = call.pathParameter("id");
        if (!faults.remove(number(id))) {
            throw unknown(id);
        }
        return Answer.ok(new Removed(1));
    }

    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw unknown(id);
        }
    }

    private static BrokerException unknown(String id) {
        return new BrokerException(ErrorCode.RESOURCE_NOT_FOUND, "there is no fault rule '" + id + "'");
    }
}
