package io.strikemq.domain.port.in;

import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.offset.GroupOffsets;
import io.strikemq.domain.offset.GroupOffsetsQuery;
import io.strikemq.domain.offset.OffsetCommit;
import io.strikemq.domain.offset.OffsetCommitted;
import io.strikemq.domain.offset.OffsetsDeleted;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.TopicPartition;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Remembers how far groups have read. Callable from any thread. */
public interface CommitOffsets {
    /**
     * Commits offsets; complete when they are in the log, one result a partition in the order given.
     *
     * @param knowsEpochs whether the request is one that members of the consumer protocol use (KIP-848); such a member is
     *     told UNSUPPORTED_VERSION otherwise
     */
    CompletionStage<List<OffsetCommitted>> commit(
            RequestContext context, GroupMember member, boolean knowsEpochs, List<OffsetCommit> offsets);

    /** The committed offsets of one group, in the order asked for; all of them by topic and partition. */
    GroupOffsets committed(RequestContext context, GroupOffsetsQuery query);

    /**
     * Forgets a group's offsets of these partitions, in the order given (KIP-496). Those of a topic that a member reads
     * are kept: GROUP_SUBSCRIBED_TO_TOPIC. Forgetting what was never committed succeeds.
     */
    OffsetsDeleted delete(RequestContext context, String groupId, List<TopicPartition> partitions);
}
