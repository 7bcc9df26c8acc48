package io.strikemq.adapter.kafka.wire;

/** Bytes that are not the message they claim to be. The connection they came on cannot be trusted any further. */
public final class MalformedMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedMessageException(String reason) {
        super(reason);
    }
}
