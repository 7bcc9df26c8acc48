package io.strikemq.application.fetch;

import io.strikemq.application.partition.Partitions;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.FetchQuery.PartitionQuery;
import io.strikemq.domain.fetch.PartitionFetched;

/** What a fetch session remembers of one partition: the question, its topic's name, and what the last answer said. */
final class SessionPartition {
    private static final long UNKNOWN = -1;

    private PartitionQuery query;
    /** Of a topic that is asked for by its id: the name that it has or had; null while the id was never known. */
    private String topicName;

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

    /** Looks up the name of the topic, as long as it is not known. */
    void resolve(Partitions topics) {
        if (topicName == null && query.topic().isById()) {
            topicName = topics.topicName(query.topic().id());
        }
    }

    /**
     * The answer as a session gives it: of a topic whose id is gone, Kafka goes by the name that the session remembers.
     */
    PartitionFetched told(PartitionFetched fetched, Partitions topics) {
        if (fetched.error() != ErrorCode.UNKNOWN_TOPIC_ID || topicName == null) {
            return fetched;
        }
        return topics.hasTopic(topicName)
                ? PartitionFetched.failed(fetched.topic(), fetched.partition(), ErrorCode.INCONSISTENT_TOPIC_ID)
                : PartitionFetched.absent(fetched.topic(), fetched.partition(), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
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
