package io.strikemq.adapter.kafka.api.topics;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.ListConfigResourcesRequest;
import io.strikemq.adapter.kafka.message.ListConfigResourcesResponse;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.ManageConfigs;
import io.strikemq.domain.topic.admin.ConfigResource;
import java.util.LinkedHashSet;
import java.util.Set;

/** ListConfigResources, versions 0 and 1 (KIP-1142): version 0 is for client metrics alone (KIP-714). */
public final class ListConfigResourcesApi extends Api<ListConfigResourcesRequest> {
    private final ManageConfigs manageConfigs;

    public ListConfigResourcesApi(ManageConfigs manageConfigs) {
        super(ApiKey.LIST_CONFIG_RESOURCES, ListConfigResourcesRequest::read);
        this.manageConfigs = manageConfigs;
    }

    @Override
    public void handle(ApiCall<ListConfigResourcesRequest> call) {
        Set<Byte> types = call.version() == 0
                ? Set.of(ConfigResource.CLIENT_METRICS)
                : new LinkedHashSet<>(call.request().resourceTypes());
        call.reply(ListConfigResourcesResponse.builder()
                .configResources(each(manageConfigs.list(call.context(), types), ListConfigResourcesApi::resource))
                .build());
    }

    private static ListConfigResourcesResponse.ConfigResource resource(ConfigResource resource) {
        return ListConfigResourcesResponse.ConfigResource.builder()
                .resourceName(resource.name())
                .resourceType(resource.typeCode())
                .build();
    }

    @Override
    public ListConfigResourcesResponse refusal(
            ListConfigResourcesRequest request, short version, ErrorCode error, String message) {
        return ListConfigResourcesResponse.builder().errorCode(error.code()).build();
    }
}
