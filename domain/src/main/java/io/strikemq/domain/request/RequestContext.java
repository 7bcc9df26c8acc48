package io.strikemq.domain.request;

import java.util.Objects;

/**
 * Who asks, and by which door: travels with every request from an inbound adapter to the use cases.
 *
 * @param brokerId      the id of the broker that the request reached
 * @param listener      the name of the listener that it came in by
 * @param principal     the authenticated user, {@link #ANONYMOUS} without security
 * @param clientId      what the client calls itself; empty when it says nothing
 * @param clientAddress the client's address without port, as {@code /127.0.0.1}, which is how Kafka shows hosts
 */
public record RequestContext(int brokerId, String listener, String principal, String clientId, String clientAddress) {
    /** Kafka's name for a client that did not authenticate. */
    public static final String ANONYMOUS = "User:ANONYMOUS";

    public RequestContext {
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(principal, "principal");
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(clientAddress, "clientAddress");
    }
}
