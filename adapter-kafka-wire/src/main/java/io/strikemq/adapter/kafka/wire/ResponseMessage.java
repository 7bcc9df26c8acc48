package io.strikemq.adapter.kafka.wire;

/** The body of a response. */
public interface ResponseMessage extends WireMessage {
    short apiKey();

    /** Shows all error codes, and of which row they are. */
    void errors(ErrorVisitor rows);

    /** This, with rows of another response of the same API in the place of the same rows, or else behind them. */
    ResponseMessage join(ResponseMessage other);

    /** Whether this version tells the client for how long to wait (KIP-219). */
    default boolean carriesThrottleTime(short version) {
        return false;
    }

    /** This, telling the client to wait for so many milliseconds, where the version can. */
    default ResponseMessage throttled(int millis) {
        return this;
    }
}
