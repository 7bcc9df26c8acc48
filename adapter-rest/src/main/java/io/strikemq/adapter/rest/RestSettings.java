package io.strikemq.adapter.rest;

import java.util.Objects;

/**
 * How the REST server is reached.
 *
 * @param bindAddress     a host name or an IPv4 or IPv6 address; {@code 0.0.0.0} or {@code ::} for all interfaces
 * @param port            0 for a free one
 * @param brokerId        the broker that requests reach by this server
 * @param maxRequestBytes the largest body accepted
 */
public record RestSettings(String bindAddress, int port, int brokerId, int maxRequestBytes) {
    /** As large as Kafka's default {@code socket.request.max.bytes}. */
    public static final int DEFAULT_MAX_REQUEST_BYTES = 100 << 20;

    public RestSettings {
        Objects.requireNonNull(bindAddress, "bindAddress");
    }
}
