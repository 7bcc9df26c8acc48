package io.strikemq.domain.port.in;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.group.classic.JoinCommand;
import io.strikemq.domain.group.classic.JoinResult;
import io.strikemq.domain.group.classic.LeaveResult;
import io.strikemq.domain.group.classic.LeavingMember;
import io.strikemq.domain.group.classic.SyncCommand;
import io.strikemq.domain.group.classic.SyncResult;
import io.strikemq.domain.request.RequestContext;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The classic group protocol, as members use it. Callable from any thread.
 *
 * <p>Stages complete on the calling thread, on that of another member's request, or on the timer's; refusals are
 * results, never exceptions. What a result holds is only read.
 */
public interface ParticipateInGroup {
    /** Joins, or joins again; complete when the group has its new generation. */
    CompletionStage<JoinResult> join(RequestContext context, JoinCommand command);

    /** Asks for the assignment; complete when the leader has brought it. */
    CompletionStage<SyncResult> sync(RequestContext context, SyncCommand command);

    /** Says that the member lives; REBALANCE_IN_PROGRESS tells it to join again. */
    ErrorCode heartbeat(RequestContext context, GroupMember member);

    /** Takes members out of the group. */
    LeaveResult leave(RequestContext context, String groupId, List<LeavingMember> members);
}
