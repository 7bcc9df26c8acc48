package io.strikemq.domain.port.in;

import io.strikemq.domain.offset.OffsetReset;
import io.strikemq.domain.offset.PartitionReset;
import io.strikemq.domain.request.RequestContext;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Moves the committed offsets of groups that have no members, as kafka-consumer-groups.sh does. Callable from any thread. */
public interface ResetOffsets {
    /**
     * Moves offsets, or tells where they would be; complete when they are in the log, one result a partition, in the order
     * asked for, otherwise by topic and partition. Topics that are named make a group that is not there; without them it is
     * GROUP_ID_NOT_FOUND.
     *
     * <p>All partitions or none: the stage fails with a BrokerException when one cannot be reset. It is NON_EMPTY_GROUP for a
     * group with members, UNKNOWN_TOPIC_OR_PARTITION, INVALID_REQUEST where a partition is named more than once or has no
     * offset to be shifted, or what looking up and committing offsets may end with. Only a topic that is deleted meanwhile
     * fails a reset that others have been part of, and the message says so.
     */
    CompletionStage<List<PartitionReset>> reset(RequestContext context, OffsetReset reset);
}
