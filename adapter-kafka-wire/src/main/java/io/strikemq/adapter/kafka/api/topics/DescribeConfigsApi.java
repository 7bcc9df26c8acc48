package io.strikemq.adapter.kafka.api.topics;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.DescribeConfigsRequest;
import io.strikemq.adapter.kafka.message.DescribeConfigsRequest.DescribeConfigsResource;
import io.strikemq.adapter.kafka.message.DescribeConfigsResponse;
import io.strikemq.adapter.kafka.message.DescribeConfigsResponse.DescribeConfigsResourceResult;
import io.strikemq.adapter.kafka.message.DescribeConfigsResponse.DescribeConfigsResult;
import io.strikemq.adapter.kafka.message.DescribeConfigsResponse.DescribeConfigsSynonym;
import io.strikemq.adapter.kafka.wire.RowVisitor;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.ManageConfigs;
import io.strikemq.domain.topic.admin.ConfigEntry;
import io.strikemq.domain.topic.admin.ConfigOutcome;
import io.strikemq.domain.topic.admin.ConfigResource;
import java.util.HashMap;
import java.util.Map;

/**
 * DescribeConfigs, versions 0 to 4 (KIP-133).
 *
 * <p>Version 0 tells only whether a value is the default, 1 its source, and synonyms where asked for (KIP-226); 3 its
 * type, and documentation where asked for (KIP-569). Kafka itself has dropped version 0. As there, a resource of a type
 * that nobody knows refuses all that are asked for beside it.
 */
public final class DescribeConfigsApi extends Api<DescribeConfigsRequest> {
    private static final short FIRST_WITH_SOURCE = 1;

    private final ManageConfigs manageConfigs;

    public DescribeConfigsApi(ManageConfigs manageConfigs) {
        super(ApiKey.DESCRIBE_CONFIGS, DescribeConfigsRequest::read);
        this.manageConfigs = manageConfigs;
    }

    @Override
    public void handle(ApiCall<DescribeConfigsRequest> call) {
        boolean areKnown = call.request().resources().stream()
                .allMatch(resource -> resource(resource).isOfKnownType());
        if (!areKnown) {
            throw BrokerException.malformedRequest();
        }
        // As in Kafka, what is named twice is told twice; but it is found out, and held in memory, once.
        Map<DescribeConfigsResource, DescribeConfigsResult> found = new HashMap<>();
        call.reply(DescribeConfigsResponse.builder()
                .results(each(
                        call.request().resources(),
                        resource -> found.computeIfAbsent(resource, first -> describe(call, first))))
                .build());
    }

    private DescribeConfigsResult describe(ApiCall<DescribeConfigsRequest> call, DescribeConfigsResource resource) {
        return result(call, manageConfigs.describe(call.context(), resource(resource), resource.configurationKeys()));
    }

    private static ConfigResource resource(DescribeConfigsResource asked) {
        return new ConfigResource(asked.resourceType(), asked.resourceName());
    }

    private static DescribeConfigsResult result(ApiCall<DescribeConfigsRequest> call, ConfigOutcome outcome) {
        return DescribeConfigsResult.builder()
                .errorCode(outcome.error().code())
                .errorMessage(outcome.error() == ErrorCode.NONE ? "" : outcome.message())
                .resourceType(outcome.resource().typeCode())
                .resourceName(outcome.resource().name())
                .configs(each(outcome.configs(), config -> config(call, config)))
                .build();
    }

    private static DescribeConfigsResourceResult config(ApiCall<DescribeConfigsRequest> call, ConfigEntry config) {
        DescribeConfigsResourceResult.Builder result = DescribeConfigsResourceResult.builder()
                .name(config.name())
                .value(config.value())
                .readOnly(config.readOnly())
                .isSensitive(config.sensitive());
        if (call.version() < FIRST_WITH_SOURCE) {
            return result.isDefault(config.source() == ConfigEntry.Source.DEFAULT_CONFIG)
                    .build();
        }
        if (call.request().includeSynonyms()) {
            result.synonyms(each(
                    config.synonyms(),
                    synonym -> DescribeConfigsSynonym.builder()
                            .name(synonym.name())
                            .value(synonym.value())
                            .source(synonym.source().code())
                            .build()));
        }
        return result.configSource(config.source().code())
                .configType(config.type().code())
                .documentation(call.request().includeDocumentation() ? config.documentation() : null)
                .build();
    }

    @Override
    protected DescribeConfigsRequest select(DescribeConfigsRequest request, short version, RowVisitor rows) {
        request.resources().forEach(each -> ConfigRows.show(each.resourceType(), each.resourceName(), rows));
        return request;
    }

    @Override
    public DescribeConfigsResponse refusal(
            DescribeConfigsRequest request, short version, ErrorCode error, String message) {
        return DescribeConfigsResponse.builder()
                .results(each(
                        request.resources(),
                        resource -> DescribeConfigsResult.builder()
                                .errorCode(error.code())
                                .errorMessage(message)
                                .resourceType(resource.resourceType())
                                .resourceName(resource.resourceName())
                                .build()))
                .build();
    }
}
