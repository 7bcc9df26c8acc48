package io.strikemq.domain.port.in;

import io.strikemq.domain.producer.MarkerCommand;
import io.strikemq.domain.producer.MarkersWritten;
import io.strikemq.domain.request.RequestContext;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Ends transactions on partitions, for their coordinator. Callable from any thread, none of which waits for the disk. */
public interface WriteTransactionMarkers {
    /**
     * Writes the markers one after the other, and answers each in order. A marker that is written again, since its answer
     * was lost, does no harm. With open logs it happens on the calling thread.
     *
     * <p>Errors of a partition: UNKNOWN_TOPIC_OR_PARTITION; INVALID_PRODUCER_EPOCH for an epoch that is too old;
     * TRANSACTION_COORDINATOR_FENCED for a coordinator's; KAFKA_STORAGE_ERROR; NOT_LEADER_OR_FOLLOWER when the broker
     * stops. A marker of nobody for a partition that is there refuses the whole, UNKNOWN_SERVER_ERROR as in Kafka, though what
     * stands before it is written.
     */
    CompletionStage<List<MarkersWritten>> write(RequestContext context, List<MarkerCommand> commands);
}
