package io.strikemq.adapter.kafka.api.groups;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.ListGroupsRequest;
import io.strikemq.adapter.kafka.message.ListGroupsResponse;
import io.strikemq.adapter.kafka.message.ListGroupsResponse.ListedGroup;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.InspectGroups;

/**
 * ListGroups, versions 0 to 5. Version 4 filters by state (KIP-518), 5 by type (KIP-848).
 */
public final class ListGroupsApi extends Api<ListGroupsRequest> {
    private final InspectGroups inspectGroups;

    public ListGroupsApi(InspectGroups inspectGroups) {
        super(ApiKey.LIST_GROUPS, ListGroupsRequest::read);
        this.inspectGroups = inspectGroups;
    }

    @Override
    public void handle(ApiCall<ListGroupsRequest> call) {
        ListGroupsRequest request = call.request();
        call.reply(ListGroupsResponse.builder()
                .groups(inspectGroups.list(call.context(), request.statesFilter(), request.typesFilter()).stream()
                        .map(group -> ListedGroup.builder()
                                .groupId(group.groupId())
                                .protocolType(group.protocolType() == null ? "" : group.protocolType())
                                .groupState(group.state())
                                .groupType(group.type())
                                .build())
                        .toList())
                .build());
    }

    @Override
    public ListGroupsResponse refusal(ListGroupsRequest request, short version, ErrorCode error, String message) {
        return ListGroupsResponse.builder().errorCode(error.code()).build();
    }
}
