package io.strikemq.adapter.kafka.listener;

import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * A door by which clients come in.
 *
 * @param name       Kafka's listener name, such as {@code PLAINTEXT}
 * @param brokerId   the broker that clients reach by it
 * @param bind       IPv4 or IPv6; port 0 for any free port
 * @param advertised where clients are told to connect to
 */
public record ListenerSettings(String name, int brokerId, InetSocketAddress bind, Advertised advertised) {
    public ListenerSettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(bind, "bind");
        Objects.requireNonNull(advertised, "advertised");
    }

    /** A listener that advertises the address by which a client reached it. */
    public static ListenerSettings on(int brokerId, InetSocketAddress bind) {
        return new ListenerSettings("PLAINTEXT", brokerId, bind, Advertised.AS_REACHED);
    }
}
