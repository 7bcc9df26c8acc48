package io.strikemq.domain.group;

import io.strikemq.domain.error.ErrorCode;
import java.time.Duration;

/** What is to be done after a group's transition is complete, in the order given. */
public sealed interface GroupEffect {
    /** Answer a join. */
    record AnswerJoin(long request, JoinResult result) implements GroupEffect {}

    /** Answer a sync. */
    record AnswerSync(long request, SyncResult result) implements GroupEffect {}

    /** Answer a heartbeat or a commit. */
    record AnswerCode(long request, ErrorCode error) implements GroupEffect {}

    /** Answer a leave. */
    record AnswerLeave(long request, LeaveResult result) implements GroupEffect {}

    /** Send {@link GroupEvent.DeadlinePassed} after the delay, unless the slot is set again or cancelled before. */
    record SetDeadline(GroupDeadline deadline, Duration delay) implements GroupEffect {}

    /** Forget the deadline in the slot, if there is one. */
    record CancelDeadline(GroupDeadline.Slot slot) implements GroupEffect {}

    /** Write the group to the log, then send {@link GroupEvent.Stored} or {@link GroupEvent.StoringFailed}. */
    record Store(GroupSnapshot snapshot, StorePurpose purpose) implements GroupEffect {}

    /** The group is dead: drop it and all its deadlines. */
    record Forget() implements GroupEffect {}
}
