package io.strikemq.adapter.kafka.api.groups;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.api.OwnBytes;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.JoinGroupRequest;
import io.strikemq.adapter.kafka.message.JoinGroupResponse;
import io.strikemq.adapter.kafka.message.JoinGroupResponse.JoinGroupResponseMember;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.classic.JoinCommand;
import io.strikemq.domain.group.classic.JoinCommand.AssignmentSkipping;
import io.strikemq.domain.group.classic.JoinCommand.MemberIdPolicy;
import io.strikemq.domain.group.classic.JoinCommand.Protocol;
import io.strikemq.domain.group.classic.JoinResult;
import io.strikemq.domain.port.in.ParticipateInGroup;
import java.time.Duration;
import java.util.List;

/**
 * JoinGroup, versions 0 to 9.
 *
 * <p>Version 0 has no rebalance timeout (-1). 4 makes a new member come back with the id that it
 * was given (KIP-394), 5 knows static members (KIP-345), 7 tells the protocol's type and may tell none of both, 8
 * brings the reason (KIP-800), 9 lets a leader skip its assignment (KIP-814). Kafka itself has dropped versions 0 and
 * 1.
 */
public final class JoinGroupApi extends Api<JoinGroupRequest> {
    private static final short FIRST_WITH_ID_FIRST = 4;
    private static final short FIRST_WITH_NULL_PROTOCOL = 7;
    private static final short FIRST_WITH_SKIPPING = 9;

    private final ParticipateInGroup participateInGroup;

    public JoinGroupApi(ParticipateInGroup participateInGroup) {
        super(ApiKey.JOIN_GROUP, JoinGroupRequest::read);
        this.participateInGroup = participateInGroup;
    }

    @Override
    public void handle(ApiCall<JoinGroupRequest> call) {
        JoinCommand command = command(call.request(), call.version());
        call.park(() -> {});
        call.replyWhen(participateInGroup.join(call.context(), command), result -> response(result, call.version()));
    }

    private static JoinCommand command(JoinGroupRequest request, short version) {
        List<Protocol> protocols =
                each(request.protocols(), protocol -> new Protocol(protocol.name(), OwnBytes.of(protocol.metadata())));
        return new JoinCommand(
                request.groupId(),
                request.memberId(),
                request.groupInstanceId(),
                Duration.ofMillis(request.sessionTimeoutMs()),
                Duration.ofMillis(request.rebalanceTimeoutMs()),
                request.protocolType(),
                protocols,
                version < FIRST_WITH_ID_FIRST ? MemberIdPolicy.JOIN_AT_ONCE : MemberIdPolicy.ID_FIRST,
                version < FIRST_WITH_SKIPPING ? AssignmentSkipping.UNSUPPORTED : AssignmentSkipping.SUPPORTED,
                request.reason());
    }

    private static JoinGroupResponse response(JoinResult result, short version) {
        return JoinGroupResponse.builder()
                .errorCode(result.error().code())
                .generationId(result.generationId())
                .protocolType(result.protocolType())
                .protocolName(protocolName(result, version))
                .leader(result.leaderId())
                .skipAssignment(result.skipAssignment())
                .memberId(result.memberId())
                .members(each(
                        result.members(),
                        member -> JoinGroupResponseMember.builder()
                                .memberId(member.memberId())
                                .groupInstanceId(member.groupInstanceId())
                                .metadata(member.metadata())
                                .build()))
                .build();
    }

    private static String protocolName(JoinResult result, short version) {
        return result.protocolName() == null && version < FIRST_WITH_NULL_PROTOCOL ? "" : result.protocolName();
    }

    @Override
    public JoinGroupResponse refusal(JoinGroupRequest request, short version, ErrorCode error, String message) {
        return response(JoinResult.refused(error, request.memberId()), version);
    }
}
