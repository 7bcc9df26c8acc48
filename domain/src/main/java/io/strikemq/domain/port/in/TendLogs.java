package io.strikemq.domain.port.in;

import io.strikemq.domain.log.RecordsCompacted;
import io.strikemq.domain.log.RecordsExpired;
import io.strikemq.domain.log.TopicLogs;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.Topic;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Looks at a topic's logs, and does at once what the broker does with them in time. Callable from any thread, none of
 * which waits for the disk. Errors of all: UNKNOWN_TOPIC_OR_PARTITION when the topic is gone meanwhile, KAFKA_STORAGE_ERROR.
 */
public interface TendLogs {
    /** How the topic's logs are kept, and what they hold. */
    CompletionStage<TopicLogs> describe(RequestContext context, Topic topic);

    /**
     * Drops what the topic's retention.ms and retention.bytes let go, if its cleanup.policy deletes, and gives the space
     * back. Complete when that is done; of a failure, partitions before it are done. Tells of all partitions.
     */
    CompletionStage<List<RecordsExpired>> expire(RequestContext context, Topic topic);

    /**
     * Compacts the topic's logs, whether or not so much of them is dirty that it would be due, and its segments that are appended to
     * as well; but nothing that min.compaction.lag.ms keeps safe, or that lies behind the last stable offset. Complete when
     * that is done and the space is given back; of a failure, partitions before it are done. Tells of all partitions.
     */
    CompletionStage<List<RecordsCompacted>> compact(RequestContext context, Topic topic);
}
