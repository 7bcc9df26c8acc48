package io.strikemq.adapter.kafka.api;

import io.strikemq.adapter.kafka.listener.BoundListener;
import io.strikemq.adapter.kafka.listener.ListenerSettings;
import io.strikemq.adapter.kafka.net.ConnectionInfo;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What clients are told to connect to: what the listener's settings say, and where they say nothing, the address by
 * which the client that asks has reached us. So a broker in a container, or behind several names, needs no setting.
 */
public final class AdvertisedAddresses {
    private final Supplier<List<BoundListener>> listeners;

    /** @param listeners all listeners of the server, once it has started */
    public AdvertisedAddresses(Supplier<List<BoundListener>> listeners) {
        this.listeners = listeners;
    }

    /** A broker's address for the client of this connection; empty when it has none on a listener of that name. */
    public Optional<NodeAddress> of(int brokerId, ConnectionInfo connection) {
        ListenerSettings own = connection.listener();
        if (own.brokerId() == brokerId) {
            return Optional.of(
                    address(own, connection.local(), connection.local().getPort()));
        }
        return listeners.get().stream()
                .filter(bound -> bound.settings().brokerId() == brokerId
                        && bound.settings().name().equals(own.name()))
                .map(bound -> address(
                        bound.settings(), connection.local(), bound.address().getPort()))
                .findFirst();
    }

    private static NodeAddress address(ListenerSettings listener, InetSocketAddress reached, int port) {
        String host = listener.advertisedHost() == null ? withoutScope(reached) : listener.advertisedHost();
        int advertisedPort = listener.advertisedPort() == 0 ? port : listener.advertisedPort();
        return new NodeAddress(listener.brokerId(), host, advertisedPort);
    }

    /** A scope such as {@code %eth0} means something on this machine only. */
    private static String withoutScope(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        int scope = host.indexOf('%');
        return scope < 0 ? host : host.substring(0, scope);
    }
}
