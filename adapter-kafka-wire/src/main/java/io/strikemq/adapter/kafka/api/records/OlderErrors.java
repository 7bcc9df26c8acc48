package io.strikemq.adapter.kafka.api.records;

import io.strikemq.domain.error.ErrorCode;

/** Error codes that clients of older versions do not know, and what they are told instead. */
final class OlderErrors {
    private static final short FIRST_PRODUCE_WITH_STORAGE_ERROR = 4;
    private static final short FIRST_FETCH_WITH_STORAGE_ERROR = 6;

    private OlderErrors() {}

    /** For Produce: before version 4 a storage error is told as one that makes the client look again (KIP-112). */
    static short produce(ErrorCode error, short version) {
        return storage(error, version < FIRST_PRODUCE_WITH_STORAGE_ERROR);
    }

    /** For Fetch: likewise, before version 6. */
    static short fetch(ErrorCode error, short version) {
        return storage(error, version < FIRST_FETCH_WITH_STORAGE_ERROR);
    }

    private static short storage(ErrorCode error, boolean unknownToClient) {
        boolean replaced = unknownToClient && error == ErrorCode.KAFKA_STORAGE_ERROR;
        return (replaced ? ErrorCode.NOT_LEADER_OR_FOLLOWER : error).code();
    }
}
