package io.strikemq.adapter.kafka.wire;

/** The body of a response. */
public interface ResponseMessage extends WireMessage {
    short apiKey();
}
