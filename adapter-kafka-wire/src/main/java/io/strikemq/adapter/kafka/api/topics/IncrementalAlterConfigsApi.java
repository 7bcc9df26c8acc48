package io.strikemq.adapter.kafka.api.topics;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.IncrementalAlterConfigsRequest;
import io.strikemq.adapter.kafka.message.IncrementalAlterConfigsRequest.AlterConfigsResource;
import io.strikemq.adapter.kafka.message.IncrementalAlterConfigsResponse;
import io.strikemq.adapter.kafka.message.IncrementalAlterConfigsResponse.AlterConfigsResourceResponse;
import io.strikemq.adapter.kafka.wire.RowVisitor;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.ManageConfigs;
import io.strikemq.domain.topic.admin.ConfigAlteration;
import io.strikemq.domain.topic.admin.ConfigChange;
import io.strikemq.domain.topic.admin.ConfigResource;
import io.strikemq.domain.topic.admin.Mode;
import java.util.List;

/**
 * IncrementalAlterConfigs, versions 0 and 1 (KIP-339): each change is made by itself, those of a resource all or none.
 */
public final class IncrementalAlterConfigsApi extends Api<IncrementalAlterConfigsRequest> {
    private final ManageConfigs manageConfigs;

    public IncrementalAlterConfigsApi(ManageConfigs manageConfigs) {
        super(ApiKey.INCREMENTAL_ALTER_CONFIGS, IncrementalAlterConfigsRequest::read);
        this.manageConfigs = manageConfigs;
    }

    @Override
    protected boolean mayWait() {
        return true;
    }

    @Override
    public void handle(ApiCall<IncrementalAlterConfigsRequest> call) {
        Mode mode = call.request().validateOnly() ? Mode.VALIDATE_ONLY : Mode.APPLY;
        List<ConfigAlteration> alterations = each(
                call.request().resources(),
                resource -> new ConfigAlteration(
                        target(resource),
                        each(
                                resource.configs(),
                                config -> new ConfigChange(config.configOperation(), config.name(), config.value()))));
        call.reply(IncrementalAlterConfigsResponse.builder()
                .responses(each(
                        manageConfigs.change(call.context(), alterations, mode),
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
    protected IncrementalAlterConfigsRequest select(
            IncrementalAlterConfigsRequest request, short version, RowVisitor rows) {
        request.resources().forEach(each -> ConfigRows.show(each.resourceType(), each.resourceName(), rows));
        return request;
    }

    @Override
    public IncrementalAlterConfigsResponse refusal(
            IncrementalAlterConfigsRequest request, short version, ErrorCode error, String message) {
        return IncrementalAlterConfigsResponse.builder()
                .responses(each(request.resources(), resource -> response(target(resource), error, message)))
                .build();
    }
}
