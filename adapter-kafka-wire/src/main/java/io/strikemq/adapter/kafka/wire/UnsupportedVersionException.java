package io.strikemq.adapter.kafka.wire;

/** A version that a message does not have, or that lacks a field which was to be sent. */
public final class UnsupportedVersionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private UnsupportedVersionException(String reason) {
        super(reason);
    }

    public static UnsupportedVersionException message(String message, short version) {
        return new UnsupportedVersionException(message + " has no version " + version);
    }

    public static UnsupportedVersionException field(String field, short version) {
        return new UnsupportedVersionException(field + " is set, but version " + version + " has no such field");
    }

    public static UnsupportedVersionException nullValue(String field, short version) {
        return new UnsupportedVersionException(field + " is null, which version " + version + " cannot express");
    }

    public static UnsupportedVersionException taggedFields(String struct, short version) {
        return new UnsupportedVersionException(struct + " has tagged fields, but version " + version + " has none");
    }
}
