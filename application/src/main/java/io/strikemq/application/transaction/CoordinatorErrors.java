package io.strikemq.application.transaction;

import io.strikemq.domain.error.ErrorCode;

/** What producers are told when the coordinator's log takes no records: Kafka's translation. */
final class CoordinatorErrors {
    private CoordinatorErrors() {}

    static ErrorCode afterFailedAppend(ErrorCode error) {
        return switch (error) {
            case UNKNOWN_TOPIC_OR_PARTITION, NOT_ENOUGH_REPLICAS, NOT_ENOUGH_REPLICAS_AFTER_APPEND, REQUEST_TIMED_OUT ->
                ErrorCode.COORDINATOR_NOT_AVAILABLE;
            case NOT_LEADER_OR_FOLLOWER, KAFKA_STORAGE_ERROR -> ErrorCode.NOT_COORDINATOR;
            default -> error;
        };
    }
}
