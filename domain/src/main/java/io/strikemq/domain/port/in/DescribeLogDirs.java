package io.strikemq.domain.port.in;

import io.strikemq.domain.log.LogDir;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.TopicPartition;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Tells how much room logs take (KIP-113, KIP-827). Callable from any thread, none of which waits for the disk.
 * Internal topics are told of like others; a log that cannot be opened is left out, as Kafka does it.
 */
public interface DescribeLogDirs {
    /** All logs. */
    CompletionStage<LogDir> allLogs(RequestContext context);

    /** The logs of these partitions; those that are not there are left out, and each is told of once. */
    CompletionStage<LogDir> logsOf(RequestContext context, List<TopicPartition> partitions);
}
