package io.strikemq.domain.fetch;

import io.strikemq.domain.error.ErrorCode;
import java.util.List;
import java.util.Objects;

/**
 * The answer to a fetch.
 *
 * @param error      of the request as a whole (session errors); NONE otherwise
 * @param sessionId  of the session that the next request may use; 0 for none
 * @param partitions in a session only those with news (KIP-227)
 */
public record FetchResult(ErrorCode error, int sessionId, List<PartitionFetched> partitions) {
    public FetchResult {
        Objects.requireNonNull(error, "error");
        partitions = List.copyOf(partitions);
    }

    /** The request as a whole was refused. */
    public static FetchResult refused(ErrorCode error) {
        return new FetchResult(error, 0, List.of());
    }

    /** Gives back the records of all partitions, once their bytes were sent or are not wanted any more. */
    public void release() {
        for (PartitionFetched partition : partitions) {
            partition.records().release();
        }
    }
}
