package io.strikemq.application.coordinator;

import io.strikemq.domain.error.ErrorCode;

/** What clients of a coordinator are told when its log takes no records: Kafka's translation, for groups and transactions. */
public final class CoordinatorErrors {
    private CoordinatorErrors() {}

    /** What the log's error means to a client, which knows nothing of the log; any other error stays what it is. */
    public static ErrorCode afterFailedAppend(ErrorCode error) {
        return switch (error) {
            case UNKNOWN_TOPIC_OR_PARTITION, NOT_ENOUGH_REPLICAS, NOT_ENOUGH_REPLICAS_AFTER_APPEND, REQUEST_TIMED_OUT ->
                ErrorCode.COORDINATOR_NOT_AVAILABLE;
            case NOT_LEADER_OR_FOLLOWER, KAFKA_STORAGE_ERROR -> ErrorCode.NOT_COORDINATOR;
            case MESSAGE_TOO_LARGE, RECORD_LIST_TOO_LARGE, INVALID_FETCH_SIZE -> ErrorCode.UNKNOWN_SERVER_ERROR;
            default -> error;
        };
    }
}
