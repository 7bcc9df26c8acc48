package io.strikemq.domain.topic.admin;

import java.util.Objects;

/** One change to one config (KIP-339); {@code value} is null where the operation needs none. */
public record ConfigChange(Operation operation, String name, String value) {
    public ConfigChange {
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(name, "name");
    }

    /** What is done to the config. */
    public enum Operation {
        SET,
        DELETE,
        /** Adds items to a config of type list. */
        APPEND,
        /** Takes items from a config of type list. */
        SUBTRACT
    }
}
