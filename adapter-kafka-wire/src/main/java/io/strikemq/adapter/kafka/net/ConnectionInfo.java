package io.strikemq.adapter.kafka.net;

import io.strikemq.adapter.kafka.listener.ListenerSettings;
import java.net.InetSocketAddress;

/**
 * What is known of a connection from its first moment on.
 *
 * @param listener by which it came in
 * @param local    the address by which the client reached us
 * @param remote   the client's address
 */
public record ConnectionInfo(ListenerSettings listener, InetSocketAddress local, InetSocketAddress remote) {

    /** The client's address without port, as {@code /127.0.0.1}, which is how Kafka shows hosts. */
    public String clientAddress() {
        return "/" + remote.getAddress().getHostAddress();
    }

    /** The client, for log lines. */
    @Override
    public String toString() {
        return clientAddress() + ":" + remote.getPort();
    }
}
