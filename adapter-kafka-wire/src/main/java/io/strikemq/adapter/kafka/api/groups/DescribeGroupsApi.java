package io.strikemq.adapter.kafka.api.groups;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.api.AuthorizedOperations;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.DescribeGroupsRequest;
import io.strikemq.adapter.kafka.message.DescribeGroupsResponse;
import io.strikemq.adapter.kafka.message.DescribeGroupsResponse.DescribedGroup;
import io.strikemq.adapter.kafka.message.DescribeGroupsResponse.DescribedGroupMember;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.classic.GroupDescription;
import io.strikemq.domain.port.in.InspectGroups;

/**
 * DescribeGroups, versions 0 to 6.
 *
 * <p>Version 3 tells what the client may do (KIP-430), 4 names static members (KIP-345). A group that is not there, or is of another protocol, is
 * Dead without an error up to version 5, and GROUP_ID_NOT_FOUND from 6 on (KIP-1043).
 */
public final class DescribeGroupsApi extends Api<DescribeGroupsRequest> {
    private static final short FIRST_WITH_NOT_FOUND = 6;

    private final InspectGroups inspectGroups;

    public DescribeGroupsApi(InspectGroups inspectGroups) {
        super(ApiKey.DESCRIBE_GROUPS, DescribeGroupsRequest::read);
        this.inspectGroups = inspectGroups;
    }

    @Override
    public void handle(ApiCall<DescribeGroupsRequest> call) {
        call.reply(DescribeGroupsResponse.builder()
                .groups(each(call.request().groups(), groupId -> described(call, groupId)))
                .build());
    }

    private DescribedGroup described(ApiCall<DescribeGroupsRequest> call, String groupId) {
        GroupDescription group = inspectGroups.describe(call.context(), groupId);
        boolean isMissing = group.error() == ErrorCode.GROUP_ID_NOT_FOUND;
        if (isMissing && call.version() >= FIRST_WITH_NOT_FOUND) {
            return failed(groupId, group.error())
                    .groupState(group.state())
                    .errorMessage(group.message())
                    .build();
        }
        if (group.error() != ErrorCode.NONE && !isMissing) {
            return withMessage(failed(groupId, group.error()), call.version(), group.message())
                    .build();
        }
        return DescribedGroup.builder()
                .groupId(groupId)
                .groupState(group.state())
                .protocolType(orEmpty(group.protocolType()))
                .protocolData(orEmpty(group.protocolName()))
                .members(each(group.members(), DescribeGroupsApi::member))
                .authorizedOperations(
                        call.request().includeAuthorizedOperations()
                                ? AuthorizedOperations.GROUP
                                : AuthorizedOperations.NOT_ASKED)
                .build();
    }

    private static DescribedGroupMember member(GroupDescription.Member member) {
        return DescribedGroupMember.builder()
                .memberId(member.memberId())
                .groupInstanceId(member.groupInstanceId())
                .clientId(member.clientId())
                .clientHost(member.clientHost())
                .memberMetadata(member.metadata())
                .memberAssignment(member.assignment())
                .build();
    }

    private static DescribedGroup.Builder failed(String groupId, ErrorCode error) {
        return DescribedGroup.builder().groupId(groupId).errorCode(error.code());
    }

    private static DescribedGroup.Builder withMessage(DescribedGroup.Builder group, short version, String message) {
        return version < FIRST_WITH_NOT_FOUND ? group : group.errorMessage(message);
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    @Override
    public DescribeGroupsResponse refusal(
            DescribeGroupsRequest request, short version, ErrorCode error, String message) {
        return DescribeGroupsResponse.builder()
                .groups(each(
                        request.groups(),
                        groupId -> withMessage(failed(groupId, error), version, message)
                                .build()))
                .build();
    }
}
