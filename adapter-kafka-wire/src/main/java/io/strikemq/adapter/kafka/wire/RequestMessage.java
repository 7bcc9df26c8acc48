package io.strikemq.adapter.kafka.wire;

/** The body of a request. */
public interface RequestMessage extends WireMessage {
    short apiKey();

    /** Shows what this names, row by row; returns this with no other rows than the visitor wants. */
    RequestMessage select(RowVisitor rows);
}
