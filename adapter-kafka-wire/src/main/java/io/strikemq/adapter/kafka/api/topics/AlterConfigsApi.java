package io.strikemq.adapter.kafka.api.topics;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.AlterConfigsRequest;
import io.strikemq.adapter.kafka.message.AlterConfigsRequest.AlterConfigsResource;
import io.strikemq.adapter.kafka.message.AlterConfigsResponse;
import io.strikemq.adapter.kafka.message.AlterConfigsResponse.AlterConfigsResourceResponse;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.wire.RowVisitor;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.ManageConfigs;
import io.strikemq.domain.topic.admin.ConfigAlteration;
import io.strikemq.domain.topic.admin.ConfigChange;
import io.strikemq.domain.topic.admin.ConfigChange.Operation;
import io.strikemq.domain.topic.admin.ConfigResource;
import io.strikemq.domain.topic.admin.Mode;
import java.util.List;

/**
 * AlterConfigs, versions 0 to 2 (KIP-133): all configs of a resource are replaced by those of the request.
 */
public final class AlterConfigsApi extends Api<AlterConfigsRequest> {
    private final ManageConfigs manageConfigs;

    public AlterConfigsApi(ManageConfigs manageConfigs) {
        super(ApiKey.ALTER_CONFIGS, AlterConfigsRequest::read);
        this.manageConfigs = manageConfigs;
    }

    @Override
    protected boolean mayWait() {
        return true;
    }

    @Override
    public void handle(ApiCall<AlterConfigsRequest> call) {
        Mode mode = call.request().validateOnly() ? Mode.VALIDATE_ONLY : Mode.APPLY;
        List<ConfigAlteration> alterations = each(
                call.request().resources(),
                resource -> new ConfigAlteration(
                        target(resource),
                        each(
                                resource.configs(),
                                config -> new ConfigChange(Operation.SET, config.name(), config.value()))));
        call.reply(AlterConfigsResponse.builder()
                .responses(each(
                        manageConfigs.replace(call.context(), alterations, mode),
                        outcome -> response(outcome.resource(), outcome.error(), outcome.message())))
                .build());
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
    protected AlterConfigsRequest select(AlterConfigsRequest request, short version, RowVisitor rows) {
        request.resources().forEach(each -> ConfigRows.show(each.resourceType(), each.resourceName(), rows));
        return request;
    }

    @Override
    public AlterConfigsResponse refusal(AlterConfigsRequest request, short version, ErrorCode error, String message) {
        return AlterConfigsResponse.builder()
                .responses(each(request.resources(), resource -> response(target(resource), error, message)))
                .build();
    }
}
