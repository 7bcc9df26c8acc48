package io.strikemq.domain.group.classic;

import io.strikemq.domain.error.ErrorCode;
import java.util.List;

/** The answer to a leave: of the whole request, and of each member in the order of the request. */
public record LeaveResult(ErrorCode error, List<Left> members) {
    public LeaveResult {
        members = List.copyOf(members);
    }

    /** What became of one member. */
    public record Left(String memberId, String groupInstanceId, ErrorCode error) {}
}
