package io.strikemq.domain.topic.admin;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import java.util.Objects;

/**
 * One change to one config (KIP-339).
 *
 * @param operationCode the wire's code of an {@link Operation}, or of none that is known: that is for the use case to say
 * @param value         null where the operation needs none
 */
public record ConfigChange(byte operationCode, String name, String value) {
    public ConfigChange {
        Objects.requireNonNull(name, "name");
    }

    public ConfigChange(Operation operation, String name, String value) {
        this((byte) operation.ordinal(), name, value);
    }

    /**
     * What is done to the config.
     *
     * @throws BrokerException INVALID_REQUEST for a code that nobody knows
     */
    public Operation operation() {
        if (!hasKnownOperation()) {
            throw new BrokerException(
                    ErrorCode.INVALID_REQUEST, "Unknown operation type " + operationCode + " for config " + name);
        }
        return Operation.ALL[operationCode];
    }

    /** Whether the code is that of an operation. */
    public boolean hasKnownOperation() {
        return operationCode >= 0 && operationCode < Operation.ALL.length;
    }

    /** What is done to a config, in the order of the wire's codes. */
    public enum Operation {
        SET,
        DELETE,
        /** Adds items to a config of type list. */
        APPEND,
        /** Takes items from a config of type list. */
        SUBTRACT;

        private static final Operation[] ALL = values();
    }
}
