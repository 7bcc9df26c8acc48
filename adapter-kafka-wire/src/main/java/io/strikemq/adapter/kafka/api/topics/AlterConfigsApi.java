package io.strikemq.adapter.kafka.api.topics;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.AlterConfigsRequest;
import io.strikemq.adapter.kafka.message.AlterConfigsRequest.AlterConfigsResource;
import io.strikemq.adapter.kafka.message.AlterConfigsRequest.AlterableConfig;
import io.strikemq.adapter.kafka.message.AlterConfigsResponse;
import io.strikemq.adapter.kafka.message.AlterConfigsResponse.AlterConfigsResourceResponse;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.wire.ResponseMessage;
import io.strikemq.adapter.kafka.wire.WireReader;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.ManageConfigs;
import io.strikemq.domain.topic.admin.ConfigOutcome;
import io.strikemq.domain.topic.admin.ConfigResource;
import io.strikemq.domain.topic.admin.Mode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * AlterConfigs, versions 0 to 2 (KIP-133): all configs of a resource are replaced by those of the request.
 */
public final class AlterConfigsApi implements Api<AlterConfigsRequest> {
    private final ManageConfigs manageConfigs;

    public AlterConfigsApi(ManageConfigs manageConfigs) {
        this.manageConfigs = manageConfigs;
    }

    @Override
    public ApiKey key() {
        return ApiKey.ALTER_CONFIGS;
    }

    @Override
    public AlterConfigsRequest read(WireReader in, short version) {
        return AlterConfigsRequest.read(in, version);
    }

    @Override
    public void handle(ApiCall<AlterConfigsRequest> call) {
        List<AlterConfigsResource> resources = call.request().resources();
        RepeatedResources repeated = new RepeatedResources(
                resources.stream().map(AlterConfigsApi::target).toList());
        List<AlterConfigsResourceResponse> responses = resources.stream()
                .map(resource -> repeated.contains(target(resource))
                        ? RepeatedResources.refused(target(resource))
                        : outcome(call, resource))
                .map(outcome -> response(outcome.resource(), outcome.error(), outcome.message()))
                .toList();
        call.reply(AlterConfigsResponse.builder().responses(responses).build());
    }

    private ConfigOutcome outcome(ApiCall<AlterConfigsRequest> call, AlterConfigsResource resource) {
        Map<String, String> configs = new LinkedHashMap<>();
        for (AlterableConfig config : resource.configs()) {
            configs.put(config.name(), config.value());
        }
        if (configs.size() < resource.configs().size()) {
            return new ConfigOutcome(
                    target(resource),
                    ErrorCode.INVALID_REQUEST,
                    "A config of '" + resource.resourceName() + "' is named more than once.",
                    List.of());
        }
        Mode mode = call.request().validateOnly() ? Mode.VALIDATE_ONLY : Mode.APPLY;
        ConfigResource target = target(resource);
        return manageConfigs.replace(call.context(), target, configs, mode);
    }

    private static ConfigResource target(AlterConfigsResource resource) {
        return new ConfigResource(resource.resourceType(), resource.resourceName());
    }

    private static AlterConfigsResourceResponse response(ConfigResource resource, ErrorCode error, String message) {
        return AlterConfigsResourceResponse.builder()
                .errorCode(error.code())
                .errorMessage(message)
                .resourceType(resource.typeCode())
                .resourceName(resource.name())
                .build();
    }

    @Override
    public ResponseMessage refusal(AlterConfigsRequest request, short version, ErrorCode error, String message) {
        return AlterConfigsResponse.builder()
                .responses(request.resources().stream()
                        .map(resource -> response(target(resource), error, message))
                        .toList())
                .build();
    }
}
