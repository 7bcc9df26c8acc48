package io.strikemq.wire.generator.model;

import java.util.Locale;

/** What a definition describes. */
public enum MessageKind {
    REQUEST,
    RESPONSE,
    HEADER,
    DATA,
    METADATA,
    COORDINATOR_KEY,
    COORDINATOR_VALUE;

    public static MessageKind parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Whether it is the key or the value of a record in an internal topic. */
    public boolean coordinator() {
        return this == COORDINATOR_KEY || this == COORDINATOR_VALUE;
    }
}
