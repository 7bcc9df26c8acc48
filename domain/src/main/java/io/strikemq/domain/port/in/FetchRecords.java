package io.strikemq.domain.port.in;

import io.strikemq.domain.fetch.FetchQuery;
import io.strikemq.domain.fetch.FetchQuery.PartitionQuery;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.request.RequestContext;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Reads records, waiting for them when there are too few. Callable from any thread, none of which waits for the disk. */
public interface FetchRecords {
    /**
     * Reads what is there; when that is less than the query's minimum, waits, holding no thread, for an append that
     * brings it or for the query's deadline.
     *
     * <p>The stage completes on the calling thread, on that of the append, on the timer's, or where logs had to be opened
     * first, on a worker's; it never fails for an
     * expected reason. Cancelling it ({@code toCompletableFuture().cancel}) ends the wait, when the client is gone. The
     * receiver releases the result.
     */
    CompletionStage<FetchResult> fetch(RequestContext context, FetchQuery query);

    /** What {@link #fetch} would read, that is, with what the query's session reads; nothing is begun by it. */
    default List<PartitionQuery> reads(FetchQuery query) {
        return query.partitions();
    }
}
