package io.strikemq.adapter.kafka.api.groups;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.api.OwnBytes;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.SyncGroupRequest;
import io.strikemq.adapter.kafka.message.SyncGroupResponse;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.group.classic.SyncCommand;
import io.strikemq.domain.group.classic.SyncCommand.Assignment;
import io.strikemq.domain.group.classic.SyncResult;
import io.strikemq.domain.port.in.ParticipateInGroup;
import java.util.List;

/**
 * SyncGroup, versions 0 to 5.
 *
 * <p>Version 3 names static members (KIP-345); since 5 a member must say which type and protocol it believes in, or
 * gets INCONSISTENT_GROUP_PROTOCOL (KIP-559).
 */
public final class SyncGroupApi extends Api<SyncGroupRequest> {
    private static final short FIRST_WITH_PROTOCOL = 5;

    private final ParticipateInGroup participateInGroup;

    public SyncGroupApi(ParticipateInGroup participateInGroup) {
        super(ApiKey.SYNC_GROUP, SyncGroupRequest::read);
        this.participateInGroup = participateInGroup;
    }

    @Override
    public void handle(ApiCall<SyncGroupRequest> call) {
        SyncGroupRequest request = call.request();
        boolean saysNoProtocol = request.protocolType() == null || request.protocolName() == null;
        if (call.version() >= FIRST_WITH_PROTOCOL && saysNoProtocol) {
            call.reply(refusal(request, call.version(), ErrorCode.INCONSISTENT_GROUP_PROTOCOL, null));
            return;
        }
        SyncCommand command = command(request);
        call.park(() -> {});
        call.replyWhen(participateInGroup.sync(call.context(), command), SyncGroupApi::response);
    }

    private static SyncCommand command(SyncGroupRequest request) {
        GroupMember member = new GroupMember(
                request.groupId(), request.generationId(), request.memberId(), request.groupInstanceId());
        List<Assignment> assignments =
                each(request.assignments(), each -> new Assignment(each.memberId(), OwnBytes.of(each.assignment())));
        return new SyncCommand(member, request.protocolType(), request.protocolName(), assignments);
    }

    private static SyncGroupResponse response(SyncResult result) {
        return SyncGroupResponse.builder()
                .errorCode(result.error().code())
                .protocolType(result.protocolType())
                .protocolName(result.protocolName())
                .assignment(result.assignment())
                .build();
    }

    @Override
    public SyncGroupResponse refusal(SyncGroupRequest request, short version, ErrorCode error, String message) {
        return response(SyncResult.refused(error));
    }
}
