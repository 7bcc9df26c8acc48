package io.strikemq.domain.producer;

import io.strikemq.domain.error.ErrorCode;

/** Whether a batch of an idempotent producer is the next one (KIP-98). */
public sealed interface SequenceCheck {
    /** It is: append it. */
    SequenceCheck NEXT = new Next();

    /** It is the next one. */
    record Next() implements SequenceCheck {}

    /**
     * It is in the log already: the producer did not see our answer and sent it again.
     *
     * @param baseOffset   where the batch went the first time
     * @param maxTimestamp of the batch, which Kafka answers as the log append time
     */
    record Duplicate(long baseOffset, long maxTimestamp) implements SequenceCheck {}

    /** It is neither, and must not be appended. */
    record Refused(ErrorCode error, String message) implements SequenceCheck {}
}
