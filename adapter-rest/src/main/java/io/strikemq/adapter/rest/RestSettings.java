package io.strikemq.adapter.rest;

import java.util.Objects;

/**
 * How the REST server is reached, and by whom.
 *
 * @param bindAddress a host name or an IPv4 or IPv6 address; {@code 0.0.0.0} or {@code ::} for all interfaces
 * @param port        0 for a free one
 * @param brokerId    the broker that requests reach by this server
 */
public record RestSettings(String bindAddress, int port, int brokerId, RestLimits limits, TrustedCallers callers) {
    public RestSettings {
        Objects.requireNonNull(bindAddress, "bindAddress");
    }
}
