package io.strikemq.adapter.rest;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place that turns Kafka's error codes, and bugs, into HTTP statuses. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /** A status and the sentence to go with it. */
    record Failure(int status, String message) {}

    /** What to answer when {@code thrown} ended a request; a bug is logged with its stack and told without it. */
    static Failure of(Throwable thrown, String request) {
        if (thrown instanceof BrokerException refused) {
            return new Failure(status(refused.error()), refused.getMessage());
        }
        if (thrown instanceof Refusal refused) {
            return new Failure(refused.status(), refused.getMessage());
        }
        LOG.error("{} failed", request, thrown);
        return new Failure(500, "internal error; the broker's log has the details");
    }

    /** Throws what stands for {@code error}, unless it is NONE. A use case's own message goes first. */
    static void check(ErrorCode error, String message, String otherwise) {
        if (error != ErrorCode.NONE) {
            throw new BrokerException(error, message != null ? message : otherwise + ": " + error);
        }
    }

    /** The caller's mistake: answered with 400. */
    static BrokerException malformed(String message) {
        return new BrokerException(ErrorCode.INVALID_REQUEST, message);
    }

    /** The HTTP status for one of Kafka's errors. */
    static int status(ErrorCode error) {
        return switch (error) {
            case NONE -> 200;
            case UNKNOWN_TOPIC_OR_PARTITION,
                    UNKNOWN_TOPIC_ID,
                    GROUP_ID_NOT_FOUND,
                    TRANSACTIONAL_ID_NOT_FOUND,
                    RESOURCE_NOT_FOUND -> 404;
            case MESSAGE_TOO_LARGE, RECORD_LIST_TOO_LARGE -> 413;
            case INVALID_REQUEST,
                    INVALID_TOPIC_EXCEPTION,
                    INVALID_PARTITIONS,
                    INVALID_REPLICATION_FACTOR,
                    INVALID_CONFIG,
                    INVALID_GROUP_ID,
                    INVALID_RECORD,
                    INVALID_TIMESTAMP,
                    OFFSET_OUT_OF_RANGE,
                    POLICY_VIOLATION -> 400;
            case TOPIC_AUTHORIZATION_FAILED, GROUP_AUTHORIZATION_FAILED, CLUSTER_AUTHORIZATION_FAILED -> 403;
            case TOPIC_ALREADY_EXISTS,
                    NON_EMPTY_GROUP,
                    GROUP_SUBSCRIBED_TO_TOPIC,
                    TOPIC_DELETION_DISABLED,
                    REASSIGNMENT_IN_PROGRESS,
                    CONCURRENT_TRANSACTIONS,
                    REBALANCE_IN_PROGRESS -> 409;
            case UNKNOWN_SERVER_ERROR, CORRUPT_MESSAGE, UNSUPPORTED_COMPRESSION_TYPE -> 500;
            case BROKER_NOT_AVAILABLE, KAFKA_STORAGE_ERROR -> 503;
            default -> error.isRetriable() ? 503 : 500;
        };
    }
}
