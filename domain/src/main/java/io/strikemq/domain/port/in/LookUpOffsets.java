package io.strikemq.domain.port.in;

import io.strikemq.domain.fetch.IsolationLevel;
import io.strikemq.domain.offset.EpochEndOffset;
import io.strikemq.domain.offset.EpochQuery;
import io.strikemq.domain.offset.OffsetFound;
import io.strikemq.domain.offset.OffsetQuery;
import io.strikemq.domain.request.RequestContext;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Finds offsets in logs. Callable from any thread, none of which waits for the disk: with open logs the stage is complete
 * when the call returns. It never fails exceptionally for an expected reason.
 */
public interface LookUpOffsets {
    /**
     * Answers each query in order; read_committed sees the last stable offset where others see the high watermark. A
     * partition that is asked for more than once is INVALID_REQUEST each time, a special offset that nobody knows
     * UNSUPPORTED_VERSION, whether there is such a partition or not.
     */
    CompletionStage<List<OffsetFound>> lookUp(
            RequestContext context, IsolationLevel isolation, List<OffsetQuery> queries);

    /** For each query in order: where the log of a leader epoch ended (KIP-101, KIP-320). */
    CompletionStage<List<EpochEndOffset>> endOfEpochs(RequestContext context, List<EpochQuery> queries);
}
