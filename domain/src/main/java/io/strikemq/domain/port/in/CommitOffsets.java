package io.strikemq.domain.port.in;

import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.offset.GroupOffsets;
import io.strikemq.domain.offset.GroupOffsetsQuery;
import io.strikemq.domain.offset.OffsetCommit;
import io.strikemq.domain.offset.OffsetCommitted;
import io.strikemq.domain.request.RequestContext;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Remembers how far groups have read. Callable from any thread. */
public interface CommitOffsets {
    /** Commits offsets; complete when they are in the log, one result a partition in the order given. */
    CompletionStage<List<OffsetCommitted>> commit(
            RequestContext context, GroupMember member, List<OffsetCommit> offsets);

    /** The committed offsets of one group, in the order asked for; all of them by topic and partition. */
    GroupOffsets committed(RequestContext context, GroupOffsetsQuery query);
}
