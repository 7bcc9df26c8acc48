package io.strikemq.adapter.kafka.wire;

/** The body of a request. */
public interface RequestMessage extends WireMessage {
    short apiKey();
}
