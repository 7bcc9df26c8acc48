package io.strikemq.domain.port.in;

import io.strikemq.domain.producer.PartitionProducers;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.TopicPartition;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Tells which producers a partition remembers (KIP-664). Callable from any thread, none of which waits for the disk. */
public interface DescribeProducers {
    /**
     * The producers of each of these partitions: at once where all logs are open, else when they are.
     * UNKNOWN_TOPIC_OR_PARTITION, INVALID_TOPIC_EXCEPTION for an illegal name, KAFKA_STORAGE_ERROR.
     */
    CompletionStage<Map<TopicPartition, PartitionProducers>> describe(
            RequestContext context, Collection<TopicPartition> partitions);
}
