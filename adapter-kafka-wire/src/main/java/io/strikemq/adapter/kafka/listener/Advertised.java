package io.strikemq.adapter.kafka.listener;

/** Where the clients of a listener are told to connect to. */
public sealed interface Advertised {
    /** The address by which the client that asks has reached us. */
    Advertised AS_REACHED = new Address(null, 0);

    /**
     * A host and a port.
     *
     * @param host null for the address by which a client reached us
     * @param port 0 for the port by which a client reached us
     */
    record Address(String host, int port) implements Advertised {}

    /** They are told of no broker at all, as in Kafka's {@code advertised.listeners} a listener may be left out. */
    record Nowhere() implements Advertised {}
}
