package io.strikemq.adapter.kafka.api.groups;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.DeleteGroupsRequest;
import io.strikemq.adapter.kafka.message.DeleteGroupsResponse;
import io.strikemq.adapter.kafka.message.DeleteGroupsResponse.DeletableGroupResult;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.InspectGroups;
import java.util.function.Function;

/**
 * DeleteGroups, versions 0 to 3 (KIP-229). Version 3 has room for a message, which stays empty. A group that is named
 * twice is deleted and answered once.
 */
public final class DeleteGroupsApi extends Api<DeleteGroupsRequest> {
    private final InspectGroups inspectGroups;

    public DeleteGroupsApi(InspectGroups inspectGroups) {
        super(ApiKey.DELETE_GROUPS, DeleteGroupsRequest::read);
        this.inspectGroups = inspectGroups;
    }

    @Override
    public void handle(ApiCall<DeleteGroupsRequest> call) {
        call.reply(response(call.request(), groupId -> inspectGroups.delete(call.context(), groupId)));
    }

    private static DeleteGroupsResponse response(DeleteGroupsRequest request, Function<String, ErrorCode> outcome) {
        return DeleteGroupsResponse.builder()
                .results(each(
                        request.groupsNames().stream().distinct().toList(),
                        groupId -> DeletableGroupResult.builder()
                                .groupId(groupId)
                                .errorCode(outcome.apply(groupId).code())
                                .build()))
                .build();
    }

    @Override
    public DeleteGroupsResponse refusal(DeleteGroupsRequest request, short version, ErrorCode error, String message) {
        return response(request, groupId -> error);
    }
}
