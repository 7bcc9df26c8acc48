package io.strikemq.adapter.kafka.api;

import io.strikemq.adapter.kafka.listener.Advertised;
import io.strikemq.adapter.kafka.listener.BoundListener;
import io.strikemq.adapter.kafka.listener.ListenerSettings;
import io.strikemq.adapter.kafka.net.ConnectionInfo;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What clients are told to connect to: what the listener's settings say, and where they say nothing, the address by
 * which the client that asks has reached us. So a broker in a container, or behind several names, needs no setting. Who
 * came by a listener that is not advertised finds no broker, as in Kafka.
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
            return address(own, connection.local(), connection.local().getPort());
        }
        return listeners.get().stream()
                .filter(bound -> bound.settings().brokerId() == brokerId
                        && bound.settings().name().equals(own.name()))
                .findFirst()
                .flatMap(bound -> address(
                        bound.settings(), connection.local(), bound.address().getPort()));
    }

    private static Optional<NodeAddress> address(ListenerSettings listener, InetSocketAddress reached, int port) {
        Advertised advertised = listener.advertised();
        if (advertised instanceof Advertised.Nowhere) {
            return Optional.empty();
        }
        if (advertised instanceof Advertised.Address address) {
            String host = address.host() == null ? withoutScope(reached) : address.host();
            int advertisedPort = address.port() == 0 ? port : address.port();
            return Optional.of(new NodeAddress(listener.brokerId(), host, advertisedPort));
        }
        throw new IllegalStateException("unexpected " + advertised);
    }

    /** A scope such as {@code %eth0} means something on this machine only. */
    private static String withoutScope(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        int scope = host.indexOf('%');
        return scope < 0 ? host : host.substring(0, scope);
    }
}
