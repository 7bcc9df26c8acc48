package io.strikemq.adapter.kafka.api.records;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.IsolationLevel;

/** Isolation levels by their numbers (KIP-98). */
final class IsolationLevels {
    private IsolationLevels() {}

    /** @throws BrokerException UNKNOWN_SERVER_ERROR, as in Kafka, for a number that means none */
    static IsolationLevel of(byte number) {
        return switch (number) {
            case 0 -> IsolationLevel.READ_UNCOMMITTED;
            case 1 -> IsolationLevel.READ_COMMITTED;
            default -> throw new BrokerException(ErrorCode.UNKNOWN_SERVER_ERROR, "Unknown isolation level " + number);
        };
    }
}
