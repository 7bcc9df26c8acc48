package io.strikemq.domain.topic.admin;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;

/**
 * What became of the wish to change something about one partition.
 *
 * @param message one sentence for people; null when there is nothing to say beyond the error
 */
public record PartitionOutcome(ErrorCode error, String message) {
    /** It is as was wished. */
    public static final PartitionOutcome DONE = new PartitionOutcome(ErrorCode.NONE, null);

    /** The outcome that says what an exception says. */
    public static PartitionOutcome refused(BrokerException refusal) {
        return new PartitionOutcome(refusal.error(), refusal.getMessage());
    }
}
