package io.strikemq.adapter.compression;

/** The payload in plain would be larger than the caller allows. */
final class PayloadTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PayloadTooLargeException(int maxBytes) {
        super("the payload is larger than " + maxBytes + " bytes");
    }
}
