package io.strikemq.adapter.kafka.api.transactions;

import io.strikemq.domain.error.ErrorCode;

/** What fenced producers are told by versions that do not know PRODUCER_FENCED (KIP-588). */
final class FencedProducers {
    private FencedProducers() {}

    /** The error for a version of an API of which {@code firstWithFenced} is the first to know the code. */
    static short told(ErrorCode error, short version, short firstWithFenced) {
        boolean isUnknown = error == ErrorCode.PRODUCER_FENCED && version < firstWithFenced;
        return (isUnknown ? ErrorCode.INVALID_PRODUCER_EPOCH : error).code();
    }
}
