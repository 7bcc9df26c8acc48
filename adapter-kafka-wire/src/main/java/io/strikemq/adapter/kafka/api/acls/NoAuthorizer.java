package io.strikemq.adapter.kafka.api.acls;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;

/** The answer of a broker that has no ACLs. */
final class NoAuthorizer {
    private NoAuthorizer() {}

    /** To whoever asks for changes. */
    static BrokerException refusal() {
        return new BrokerException(ErrorCode.SECURITY_DISABLED, "No Authorizer is configured.");
    }

    /** To whoever only looks; Kafka has another sentence for it. */
    static BrokerException nothingToDescribe() {
        return new BrokerException(ErrorCode.SECURITY_DISABLED, "No Authorizer is configured on the broker");
    }
}
