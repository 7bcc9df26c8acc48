package io.strikemq.application.partition;

import io.strikemq.domain.producer.SequenceCheck;

/** What became of an append. */
public sealed interface PartitionAppend {
    /** The batch is in the log and can be read. */
    record Appended(long baseOffset, long logStartOffset) implements PartitionAppend {}

    /** An idempotent producer's batch that is in the log already. */
    record Duplicate(SequenceCheck.Duplicate first, long logStartOffset) implements PartitionAppend {}

    /** An idempotent producer's batch that does not follow its last one. */
    record Refused(SequenceCheck.Refused reason, long logStartOffset) implements PartitionAppend {}
}
