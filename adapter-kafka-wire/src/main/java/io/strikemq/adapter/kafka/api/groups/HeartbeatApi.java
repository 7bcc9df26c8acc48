package io.strikemq.adapter.kafka.api.groups;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.HeartbeatRequest;
import io.strikemq.adapter.kafka.message.HeartbeatResponse;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.port.in.ParticipateInGroup;

/**
 * Heartbeat, versions 0 to 4. Version 3 names static members (KIP-345).
 */
public final class HeartbeatApi extends Api<HeartbeatRequest> {
    private final ParticipateInGroup participateInGroup;

    public HeartbeatApi(ParticipateInGroup participateInGroup) {
        super(ApiKey.HEARTBEAT, HeartbeatRequest::read);
        this.participateInGroup = participateInGroup;
    }

    @Override
    public void handle(ApiCall<HeartbeatRequest> call) {
        HeartbeatRequest request = call.request();
        GroupMember member = new GroupMember(
                request.groupId(), request.generationId(), request.memberId(), request.groupInstanceId());
        ErrorCode error = participateInGroup.heartbeat(call.context(), member);
        call.reply(refusal(request, call.version(), error, null));
    }

    @Override
    public HeartbeatResponse refusal(HeartbeatRequest request, short version, ErrorCode error, String message) {
        return HeartbeatResponse.builder().errorCode(error.code()).build();
    }
}
