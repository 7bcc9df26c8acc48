package io.strikemq.adapter.kafka.api;

/** Where clients find a broker. */
public record NodeAddress(int nodeId, String host, int port) {}
