package io.strikemq.adapter.kafka.net;

import io.strikemq.adapter.kafka.listener.ListenerSettings;
import java.net.InetSocketAddress;

/**
 * What is known of a connection from its first moment on.
 *
 * @param listener      by which it came in
 * @param local         the address by which the client reached us
 * @param remote        the client's address
 * @param clientAddress the same without port, as {@code /127.0.0.1}, which is how Kafka shows hosts
 */
public record ConnectionInfo(
        ListenerSettings listener, InetSocketAddress local, InetSocketAddress remote, String clientAddress) {

    /** A connection between these addresses. */
    public static ConnectionInfo of(ListenerSettings listener, InetSocketAddress local, InetSocketAddress remote) {
        return new ConnectionInfo(
                listener, local, remote, "/" + remote.getAddress().getHostAddress());
    }

    /** The client, for log lines. */
    @Override
    public String toString() {
        return clientAddress + ":" + remote.getPort();
    }
}
