package io.strikemq.adapter.kafka.api.topics;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.CreateTopicsRequest;
import io.strikemq.adapter.kafka.message.CreateTopicsRequest.CreatableReplicaAssignment;
import io.strikemq.adapter.kafka.message.CreateTopicsRequest.CreatableTopic;
import io.strikemq.adapter.kafka.message.CreateTopicsRequest.CreatableTopicConfig;
import io.strikemq.adapter.kafka.message.CreateTopicsResponse;
import io.strikemq.adapter.kafka.message.CreateTopicsResponse.CreatableTopicConfigs;
import io.strikemq.adapter.kafka.message.CreateTopicsResponse.CreatableTopicResult;
import io.strikemq.adapter.kafka.wire.ResponseMessage;
import io.strikemq.adapter.kafka.wire.WireReader;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.ManageTopics;
import io.strikemq.domain.topic.admin.Mode;
import io.strikemq.domain.topic.admin.NewTopic;
import io.strikemq.domain.topic.admin.TopicCreated;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CreateTopics, versions 0 to 7 (KIP-4).
 *
 * <p>Version 1 can only check, and tells messages; 4 knows defaults for partitions and replicas (KIP-464), 5 tells the
 * topic's configs (KIP-525), 7 its id (KIP-516). A topic is there when the answer goes out: the timeout has nothing to
 * wait for. Kafka itself has dropped versions 0 and 1.
 */
public final class CreateTopicsApi implements Api<CreateTopicsRequest> {
    private final ManageTopics manageTopics;

    public CreateTopicsApi(ManageTopics manageTopics) {
        this.manageTopics = manageTopics;
    }

    @Override
    public ApiKey key() {
        return ApiKey.CREATE_TOPICS;
    }

    @Override
    public CreateTopicsRequest read(WireReader in, short version) {
        return CreateTopicsRequest.read(in, version);
    }

    @Override
    public void handle(ApiCall<CreateTopicsRequest> call) {
        CreateTopicsRequest request = call.request();
        List<CreatableTopicResult> results = new ArrayList<>();
        List<NewTopic> topics = new ArrayList<>();
        for (CreatableTopic topic : request.topics()) {
            if (assignsAPartitionTwice(topic)) {
                results.add(refused(topic, ErrorCode.INVALID_REPLICA_ASSIGNMENT, "A partition is assigned twice."));
            } else {
                topics.add(newTopic(topic));
            }
        }
        Mode mode = request.validateOnly() ? Mode.VALIDATE_ONLY : Mode.APPLY;
        if (!topics.isEmpty()) {
            manageTopics.create(call.context(), topics, mode).forEach(created -> results.add(result(created)));
        }
        call.reply(CreateTopicsResponse.builder().topics(results).build());
    }

    private static boolean assignsAPartitionTwice(CreatableTopic topic) {
        long partitions = topic.assignments().stream()
                .mapToInt(CreatableReplicaAssignment::partitionIndex)
                .distinct()
                .count();
        return partitions < topic.assignments().size();
    }

    private static CreatableTopicResult refused(CreatableTopic topic, ErrorCode error, String message) {
        return CreatableTopicResult.builder()
                .name(topic.name())
                .errorCode(error.code())
                .errorMessage(message)
                .build();
    }

    private static NewTopic newTopic(CreatableTopic topic) {
        Map<Integer, List<Integer>> assignments = new LinkedHashMap<>();
        for (CreatableReplicaAssignment assignment : topic.assignments()) {
            assignments.put(assignment.partitionIndex(), assignment.brokerIds());
        }
        Map<String, String> configs = new LinkedHashMap<>();
        for (CreatableTopicConfig config : topic.configs()) {
            configs.put(config.name(), config.value());
        }
        return new NewTopic(topic.name(), topic.numPartitions(), topic.replicationFactor(), assignments, configs);
    }

    private static CreatableTopicResult result(TopicCreated created) {
        CreatableTopicResult.Builder result = CreatableTopicResult.builder()
                .name(created.name())
                .errorCode(created.error().code())
                .errorMessage(created.message());
        if (created.topic() == null) {
            return result.build();
        }
        return result.topicId(created.topic().id())
                .numPartitions(created.topic().partitionCount())
                .replicationFactor(created.topic().replicationFactor())
                .configs(created.configs().stream()
                        .map(config -> CreatableTopicConfigs.builder()
                                .name(config.name())
                                .value(config.value())
                                .readOnly(config.readOnly())
                                .configSource(config.source().code())
                                .isSensitive(config.sensitive())
                                .build())
                        .toList())
                .build();
    }

    @Override
    public ResponseMessage refusal(CreateTopicsRequest request, short version, ErrorCode error, String message) {
        return CreateTopicsResponse.builder()
                .topics(request.topics().stream()
                        .map(topic -> refused(topic, error, message))
                        .toList())
                .build();
    }
}
