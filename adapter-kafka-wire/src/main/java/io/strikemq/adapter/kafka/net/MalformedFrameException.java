package io.strikemq.adapter.kafka.net;

/** A length header that cannot be one of a request: the rest of the stream has no meaning any more. */
final class MalformedFrameException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedFrameException(String reason) {
        super(reason);
    }
}
