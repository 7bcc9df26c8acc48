package io.strikemq.domain.record;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.produce.PartitionProduced.RecordError;
import java.util.List;

/** What the check of a produce request's records for one partition came to. */
public sealed interface ValidatedRecords {
    /**
     * One v2 batch, ready to be given its base offset ({@link RecordBatch#assign}) and appended.
     *
     * @param batch                     in the client's buffer, or in one of its own where it had to be converted
     * @param maxTimestamp              the latest timestamp; -1 without timestamps
     * @param offsetDeltaOfMaxTimestamp the first record that has it, counted from the base offset
     * @param logAppendTime             in ms, where the topic stamps records itself; -1 otherwise
     */
    record Accepted(RecordBatch batch, long maxTimestamp, int offsetDeltaOfMaxTimestamp, long logAppendTime)
            implements ValidatedRecords {}

    /** There is nothing to append; old clients may send that, and get no error for it. */
    record Empty() implements ValidatedRecords {}

    /** Nothing of it may be appended. {@code recordErrors} names the records that are the reason (KIP-467), if any. */
    record Refused(ErrorCode error, String message, List<RecordError> recordErrors, RefusedBy by)
            implements ValidatedRecords {
        public Refused {
            recordErrors = List.copyOf(recordErrors);
        }
    }

    /** Whose rules were broken. */
    enum RefusedBy {
        /** Those of the request's version, which holds for all topics: no log is asked. */
        REQUEST,
        /** Those of the partition's log. */
        LOG
    }
}
