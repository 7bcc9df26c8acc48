package io.strikemq.adapter.kafka.listener;

import java.net.InetSocketAddress;

/** A listener that accepts, and the address on which it does: the port is the one that was really bound. */
public record BoundListener(ListenerSettings settings, InetSocketAddress address) {}
