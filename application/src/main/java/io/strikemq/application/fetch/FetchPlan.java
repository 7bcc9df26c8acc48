package io.strikemq.application.fetch;

import io.strikemq.domain.fetch.FetchQuery.PartitionQuery;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.fetch.PartitionFetched;
import java.util.List;

/** What one request reads, with or without a session, and how its answer is made. */
interface FetchPlan {
    /** The partitions to read, in order. */
    List<PartitionQuery> queries();

    /** The answer, made of one result for each query, in any order. Records that it leaves out are released. */
    FetchResult answer(List<PartitionFetched> results);
}
