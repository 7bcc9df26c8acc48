package io.strikemq.adapter.kafka.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.strikemq.adapter.kafka.message.AlterConfigsRequest;
import io.strikemq.adapter.kafka.message.AlterConfigsResponse;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.DescribeConfigsRequest;
import io.strikemq.adapter.kafka.message.DescribeConfigsRequest.DescribeConfigsResource;
import io.strikemq.adapter.kafka.message.DescribeConfigsResponse;
import io.strikemq.adapter.kafka.message.DescribeConfigsResponse.DescribeConfigsResourceResult;
import io.strikemq.adapter.kafka.message.DescribeConfigsResponse.DescribeConfigsResult;
import io.strikemq.adapter.kafka.message.IncrementalAlterConfigsResponse;
import io.strikemq.adapter.kafka.message.ListConfigResourcesResponse;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.ManageConfigs;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.admin.ConfigAlteration;
import io.strikemq.domain.topic.admin.ConfigChange;
import io.strikemq.domain.topic.admin.ConfigChange.Operation;
import io.strikemq.domain.topic.admin.ConfigEntry;
import io.strikemq.domain.topic.admin.ConfigOutcome;
import io.strikemq.domain.topic.admin.ConfigResource;
import io.strikemq.domain.topic.admin.Mode;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfigApisTest {
    private final Configs configs = new Configs();
    private final Conversation client = new Conversation(TestPorts.with(configs));

    @Test
    void version0ListsClientMetricsAloneAndWithoutTheirType() {
        assertEquals(List.of("r16 16"), listed(0));
        assertEquals(List.of("r2 2", "r16 16"), listed(1));
    }

    private List<String> listed(int version) {
        return client
                .ask(
                        ListConfigResourcesResponse.class,
                        SampleRequests.of(ApiKey.LIST_CONFIG_RESOURCES, version),
                        version)
                .configResources()
                .stream()
                .map(resource -> resource.resourceName() + " " + resource.resourceType())
                .toList();
    }

    @Test
    void configsAreDescribedInTheWordsOfTheVersion() {
        for (int version = 0; version <= 4; version++) {
            DescribeConfigsRequest sample =
                    (DescribeConfigsRequest) SampleRequests.of(ApiKey.DESCRIBE_CONFIGS, version);
            DescribeConfigsRequest request = sample.toBuilder()
                    .includeSynonyms(version >= 1)
                    .includeDocumentation(version >= 3)
                    .build();
            DescribeConfigsResult result = client.ask(DescribeConfigsResponse.class, request, version)
                    .results()
                    .get(0);
            DescribeConfigsResourceResult config = result.configs().get(0);

            assertEquals("", result.errorMessage(), "Kafka's own way to say that there is none");
            assertEquals("cleanup.policy", config.name());
            assertEquals(version == 0, config.isDefault());
            assertEquals(version == 0 ? -1 : 5, config.configSource());
            assertEquals(version == 0 ? 0 : 1, config.synonyms().size());
            assertEquals(version < 3 ? 0 : 7, config.configType());
            assertEquals(version < 3 ? "" : "what goes", config.documentation());
        }
    }

    @Test
    void aResourceThatIsNamedAgainAndAgainIsFoundOutOnceAndToldEachTime() {
        ManageConfigs many = mock();
        when(many.describe(any(), any(), any()))
                .thenAnswer(call -> new ConfigOutcome(call.getArgument(1), ErrorCode.NONE, null, List.of()));
        DescribeConfigsRequest sample = (DescribeConfigsRequest) SampleRequests.of(ApiKey.DESCRIBE_CONFIGS, 4);
        DescribeConfigsRequest request = sample.toBuilder()
                .resources(Collections.nCopies(1000, sample.resources().get(0)))
                .build();

        DescribeConfigsResponse answer =
                new Conversation(TestPorts.with(many)).ask(DescribeConfigsResponse.class, request, 4);

        assertEquals(1000, answer.results().size());
        verify(many, times(1)).describe(any(), any(), any());
    }

    @Test
    void aResourceOfAnUnknownTypeRefusesTheOthersToo() {
        DescribeConfigsRequest sample = (DescribeConfigsRequest) SampleRequests.of(ApiKey.DESCRIBE_CONFIGS, 4);
        DescribeConfigsResource unknown = DescribeConfigsResource.builder()
                .resourceType((byte) 99)
                .resourceName("t")
                .build();
        DescribeConfigsRequest request = sample.toBuilder()
                .resources(List.of(sample.resources().get(0), unknown))
                .build();

        assertEquals(
                List.of(ErrorCode.INVALID_REQUEST.code(), ErrorCode.INVALID_REQUEST.code()),
                client.ask(DescribeConfigsResponse.class, request, 4).results().stream()
                        .map(DescribeConfigsResult::errorCode)
                        .toList());
    }

    @Test
    void configsAreChangedByOperationsOfWhichTheBrokerMayKnowNone() {
        for (int operation = 0; operation <= 4; operation++) {
            IncrementalAlterConfigsResponse answer = client.ask(
                    IncrementalAlterConfigsResponse.class, SampleRequests.incrementalAlterConfigs(operation), 1);
            assertEquals(
                    ErrorCode.INVALID_CONFIG.code(), answer.responses().get(0).errorCode());
            assertEquals(operation, configs.altered.get(0).changes().get(0).operationCode());
        }
    }

    @Test
    void resourcesAndTheirConfigsAreHandedOnAsTheyCameRepeatsToo() {
        AlterConfigsRequest.AlterConfigsResource resource = AlterConfigsRequest.AlterConfigsResource.builder()
                .resourceType((byte) 2)
                .resourceName("t")
                .configs(List.of(config("1"), config("2")))
                .build();
        AlterConfigsRequest request = AlterConfigsRequest.builder()
                .resources(List.of(resource, resource))
                .build();

        AlterConfigsResponse answer = client.ask(AlterConfigsResponse.class, request, 2);

        ConfigAlteration expected = new ConfigAlteration(
                new ConfigResource((byte) 2, "t"),
                List.of(
                        new ConfigChange(Operation.SET, "retention.ms", "1"),
                        new ConfigChange(Operation.SET, "retention.ms", "2")));
        assertEquals(List.of(expected, expected), configs.altered);
        assertEquals(
                List.of("INVALID_CONFIG not APPLY", "INVALID_CONFIG not APPLY"),
                answer.responses().stream()
                        .map(row -> (row.errorCode() == ErrorCode.INVALID_CONFIG.code() ? "INVALID_CONFIG " : "")
                                + row.errorMessage())
                        .toList());
    }

    private static AlterConfigsRequest.AlterableConfig config(String value) {
        return AlterConfigsRequest.AlterableConfig.builder()
                .name("retention.ms")
                .value(value)
                .build();
    }

    /** Every topic has one config, which cannot be changed. */
    private static final class Configs implements ManageConfigs {
        private static final ConfigEntry CONFIG = new ConfigEntry(
                "cleanup.policy",
                "delete",
                ConfigEntry.Source.DEFAULT_CONFIG,
                ConfigEntry.Type.LIST,
                false,
                false,
                "what goes",
                List.of(new ConfigEntry.Synonym("log.cleanup.policy", "delete", ConfigEntry.Source.DEFAULT_CONFIG)));
        private List<ConfigAlteration> altered;

        @Override
        public List<ConfigResource> list(RequestContext context, Set<Byte> types) {
            return Stream.of(ConfigResource.TOPIC, ConfigResource.CLIENT_METRICS)
                    .filter(type -> types.isEmpty() || types.contains(type))
                    .map(type -> new ConfigResource(type, "r" + type))
                    .toList();
        }

        @Override
        public ConfigOutcome describe(RequestContext context, ConfigResource resource, List<String> names) {
            assertNull(names);
            return new ConfigOutcome(resource, ErrorCode.NONE, null, List.of(CONFIG));
        }

        @Override
        public List<ConfigOutcome> replace(RequestContext context, List<ConfigAlteration> resources, Mode mode) {
            return change(context, resources, mode);
        }

        @Override
        public List<ConfigOutcome> change(RequestContext context, List<ConfigAlteration> resources, Mode mode) {
            altered = resources;
            return resources.stream()
                    .map(alteration -> new ConfigOutcome(
                            alteration.resource(), ErrorCode.INVALID_CONFIG, "not " + mode, List.of()))
                    .toList();
        }
    }
}
