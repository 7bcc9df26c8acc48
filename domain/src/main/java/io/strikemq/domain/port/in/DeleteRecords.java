package io.strikemq.domain.port.in;

import io.strikemq.domain.log.RecordDeletion;
import io.strikemq.domain.log.RecordsDeleted;
import io.strikemq.domain.request.RequestContext;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Deletes the first records of partitions (KIP-107). Callable from any thread, none of which waits for the disk. */
public interface DeleteRecords {
    /**
     * Carries the deletions out and answers each in order, once it outlives the death of the process. Records that are
     * gone already are no error.
     *
     * <p>Errors of a partition: UNKNOWN_TOPIC_OR_PARTITION; INVALID_TOPIC_EXCEPTION for an internal topic;
     * POLICY_VIOLATION for one that is compacted only; OFFSET_OUT_OF_RANGE for an offset beyond the high watermark or
     * a negative one; KAFKA_STORAGE_ERROR.
     */
    CompletionStage<List<RecordsDeleted>> deleteRecords(RequestContext context, List<RecordDeletion> deletions);
}
