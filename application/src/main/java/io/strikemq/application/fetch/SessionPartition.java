package io.strikemq.application.fetch;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.FetchQuery.PartitionQuery;
import io.strikemq.domain.fetch.PartitionFetched;

/** What a fetch session remembers of one partition: the question, and what the last answer said. */
final class SessionPartition {
    private static final long UNKNOWN = -1;

    private PartitionQuery query;
    private long highWatermark = UNKNOWN;
    private long logStartOffset = UNKNOWN;

    SessionPartition(PartitionQuery query) {
        this.query = query;
    }

    PartitionQuery query() {
        return query;
    }

    void ask(PartitionQuery newQuery) {
        query = newQuery;
    }

    /** Remembers what the first answer, a full one, says. */
    void answered(PartitionFetched fetched) {
        highWatermark = fetched.highWatermark();
        logStartOffset = fetched.logStartOffset();
    }

    /**
     * Remembers what an answer says, and tells whether any of it is news: records, a moved high watermark or log start
     * offset, or an error. After an error, whose offsets are unknown, whatever comes is news.
     */
    boolean updateAndTellWhetherNews(PartitionFetched fetched) {
        boolean news = fetched.error() != ErrorCode.NONE
                || fetched.records().sizeInBytes() > 0
                || fetched.highWatermark() != highWatermark
                || fetched.logStartOffset() != logStartOffset;
        answered(fetched);
        return news;
    }
}
