package io.strikemq.bootstrap.config;

import io.strikemq.adapter.kafka.listener.Advertised;

/**
 * A listener that is opened for clients, as all settings about it come to.
 *
 * @param bind       its name, and where it listens; with a host
 * @param advertised where its clients are told to connect to
 */
public record Listener(ListenerAddress bind, Advertised advertised) {}
