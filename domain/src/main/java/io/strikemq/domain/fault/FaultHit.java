package io.strikemq.domain.fault;

import io.strikemq.domain.intercept.NamedRow;
import io.strikemq.domain.intercept.SeenRequest;
import java.time.Instant;
import java.util.List;

/**
 * A request that a rule has hit.
 *
 * @param at            by the broker's clock
 * @param clientAddress without port, as {@code /127.0.0.1}
 * @param names         what of the request matched, {@value #MOST_NAMES} at the most; empty when it named nothing
 */
public record FaultHit(
        Instant at,
        String api,
        int version,
        String clientId,
        String clientAddress,
        int clientPort,
        List<NamedRow> names) {
    /** So many names are kept. */
    public static final int MOST_NAMES = 16;

    public FaultHit {
        names = List.copyOf(names);
    }

    /** A request that is hit now, by a rule with this match. */
    public static FaultHit of(SeenRequest request, FaultMatch match, Instant now) {
        return new FaultHit(
                now,
                request.api(),
                request.version(),
                request.context().clientId(),
                request.context().clientAddress(),
                request.clientPort(),
                request.names().stream()
                        .filter(match::matches)
                        .limit(MOST_NAMES)
                        .toList());
    }
}
