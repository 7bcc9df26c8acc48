package io.strikemq.adapter.kafka.api.topics;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.IncrementalAlterConfigsRequest;
import io.strikemq.adapter.kafka.message.IncrementalAlterConfigsRequest.AlterConfigsResource;
import io.strikemq.adapter.kafka.message.IncrementalAlterConfigsRequest.AlterableConfig;
import io.strikemq.adapter.kafka.message.IncrementalAlterConfigsResponse;
import io.strikemq.adapter.kafka.message.IncrementalAlterConfigsResponse.AlterConfigsResourceResponse;
import io.strikemq.adapter.kafka.wire.ResponseMessage;
import io.strikemq.adapter.kafka.wire.WireReader;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.ManageConfigs;
import io.strikemq.domain.topic.admin.ConfigChange;
import io.strikemq.domain.topic.admin.ConfigChange.Operation;
import io.strikemq.domain.topic.admin.ConfigOutcome;
import io.strikemq.domain.topic.admin.ConfigResource;
import io.strikemq.domain.topic.admin.Mode;
import java.util.ArrayList;
import java.util.List;

/**
 * IncrementalAlterConfigs, versions 0 and 1 (KIP-339): each change is made by itself, those of a resource all or none.
 *
 * <p>An operation that nobody knows is INVALID_REQUEST for its resource.
 */
public final class IncrementalAlterConfigsApi implements Api<IncrementalAlterConfigsRequest> {
    private static final Operation[] OPERATIONS = {Operation.SET, Operation.DELETE, Operation.APPEND, Operation.SUBTRACT
    };

    private final ManageConfigs manageConfigs;

    public IncrementalAlterConfigsApi(ManageConfigs manageConfigs) {
        this.manageConfigs = manageConfigs;
    }

    @Override
    public ApiKey key() {
        return ApiKey.INCREMENTAL_ALTER_CONFIGS;
    }

    @Override
    public IncrementalAlterConfigsRequest read(WireReader in, short version) {
        return IncrementalAlterConfigsRequest.read(in, version);
    }

    @Override
    public void handle(ApiCall<IncrementalAlterConfigsRequest> call) {
        List<AlterConfigsResource> resources = call.request().resources();
        RepeatedResources repeated = new RepeatedResources(
                resources.stream().map(IncrementalAlterConfigsApi::target).toList());
        List<AlterConfigsResourceResponse> responses = resources.stream()
                .map(resource -> repeated.contains(target(resource))
                        ? RepeatedResources.refused(target(resource))
                        : outcome(call, resource))
                .map(outcome -> response(outcome.resource(), outcome.error(), outcome.message()))
                .toList();
        call.reply(
                IncrementalAlterConfigsResponse.builder().responses(responses).build());
    }

    private ConfigOutcome outcome(ApiCall<IncrementalAlterConfigsRequest> call, AlterConfigsResource resource) {
        ConfigResource target = target(resource);
        List<ConfigChange> changes = new ArrayList<>();
        for (AlterableConfig config : resource.configs()) {
            if (config.configOperation() < 0 || config.configOperation() >= OPERATIONS.length) {
                return new ConfigOutcome(
                        target,
                        ErrorCode.INVALID_REQUEST,
                        "Unknown operation type " + config.configOperation() + " for config " + config.name(),
                        List.of());
            }
            changes.add(new ConfigChange(OPERATIONS[config.configOperation()], config.name(), config.value()));
        }
        Mode mode = call.request().validateOnly() ? Mode.VALIDATE_ONLY : Mode.APPLY;
        return manageConfigs.change(call.context(), target, changes, mode);
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
    public ResponseMessage refusal(
            IncrementalAlterConfigsRequest request, short version, ErrorCode error, String message) {
        return IncrementalAlterConfigsResponse.builder()
                .responses(request.resources().stream()
                        .map(resource -> response(target(resource), error, message))
                        .toList())
                .build();
    }
}
