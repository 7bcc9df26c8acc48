package io.strikemq.adapter.kafka.listener;

import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * A door by which clients come in.
 *
 * @param name           Kafka's listener name, such as {@code PLAINTEXT}
 * @param brokerId       the broker that clients reach by it
 * @param bind           IPv4 or IPv6; port 0 for any free port
 * @param advertisedHost what clients are told to connect to; null for the address by which a client reached us
 * @param advertisedPort likewise; 0 for the port by which a client reached us
 */
public record ListenerSettings(
        String name, int brokerId, InetSocketAddress bind, String advertisedHost, int advertisedPort) {

    public ListenerSettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(bind, "bind");
    }

    /** A listener that advertises the address by which a client reached it. */
    public static ListenerSettings on(int brokerId, InetSocketAddress bind) {
        return new ListenerSettings("PLAINTEXT", brokerId, bind, null, 0);
    }
}
