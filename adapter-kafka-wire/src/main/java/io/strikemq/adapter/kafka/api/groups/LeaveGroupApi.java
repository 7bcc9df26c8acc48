package io.strikemq.adapter.kafka.api.groups;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.LeaveGroupRequest;
import io.strikemq.adapter.kafka.message.LeaveGroupResponse;
import io.strikemq.adapter.kafka.message.LeaveGroupResponse.MemberResponse;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.classic.LeaveResult;
import io.strikemq.domain.group.classic.LeavingMember;
import io.strikemq.domain.port.in.ParticipateInGroup;
import java.util.List;

/**
 * LeaveGroup, versions 0 to 5.
 *
 * <p>Since version 3 several members leave at once, static ones by their instance id (KIP-345), each with an answer of
 * its own; before, the one member's error is the answer's. Version 5 brings the reason (KIP-800).
 */
public final class LeaveGroupApi extends Api<LeaveGroupRequest> {
    private static final short FIRST_WITH_MEMBERS = 3;

    private final ParticipateInGroup participateInGroup;

    public LeaveGroupApi(ParticipateInGroup participateInGroup) {
        super(ApiKey.LEAVE_GROUP, LeaveGroupRequest::read);
        this.participateInGroup = participateInGroup;
    }

    @Override
    public void handle(ApiCall<LeaveGroupRequest> call) {
        LeaveGroupRequest request = call.request();
        LeaveResult result =
                participateInGroup.leave(call.context(), request.groupId(), members(request, call.version()));
        if (call.version() >= FIRST_WITH_MEMBERS) {
            call.reply(LeaveGroupResponse.builder()
                    .errorCode(result.error().code())
                    .members(each(result.members(), LeaveGroupApi::member))
                    .build());
        } else {
            boolean ofMember =
                    result.error() == ErrorCode.NONE && !result.members().isEmpty();
            ErrorCode error = ofMember ? result.members().get(0).error() : result.error();
            call.reply(refusal(request, call.version(), error, null));
        }
    }

    private static List<LeavingMember> members(LeaveGroupRequest request, short version) {
        if (version < FIRST_WITH_MEMBERS) {
            return List.of(new LeavingMember(request.memberId(), null, null));
        }
        return each(
                request.members(),
                member -> new LeavingMember(member.memberId(), member.groupInstanceId(), member.reason()));
    }

    private static MemberResponse member(LeaveResult.Left left) {
        return MemberResponse.builder()
                .memberId(left.memberId())
                .groupInstanceId(left.groupInstanceId())
                .errorCode(left.error().code())
                .build();
    }

    @Override
    public LeaveGroupResponse refusal(LeaveGroupRequest request, short version, ErrorCode error, String message) {
        return LeaveGroupResponse.builder().errorCode(error.code()).build();
    }
}
