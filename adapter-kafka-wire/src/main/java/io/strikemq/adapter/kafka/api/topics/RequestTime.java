package io.strikemq.adapter.kafka.api.topics;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;

/** How long a client gives the broker for what it asks. */
final class RequestTime {
    private RequestTime() {}

    /** As Kafka's controller, refuses what should have been done before it was asked for: REQUEST_TIMED_OUT, without a text. */
    static void require(int timeoutMs) {
        if (timeoutMs <= 0) {
            throw new BrokerException(ErrorCode.REQUEST_TIMED_OUT, null);
        }
    }
}
