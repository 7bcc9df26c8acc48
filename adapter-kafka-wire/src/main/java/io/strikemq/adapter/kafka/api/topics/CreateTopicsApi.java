package io.strikemq.adapter.kafka.api.topics;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.CreateTopicsRequest;
import io.strikemq.adapter.kafka.message.CreateTopicsRequest.CreatableTopic;
import io.strikemq.adapter.kafka.message.CreateTopicsRequest.CreatableTopicConfig;
import io.strikemq.adapter.kafka.message.CreateTopicsResponse;
import io.strikemq.adapter.kafka.message.CreateTopicsResponse.CreatableTopicConfigs;
import io.strikemq.adapter.kafka.message.CreateTopicsResponse.CreatableTopicResult;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.CreateTopics;
import io.strikemq.domain.topic.admin.Mode;
import io.strikemq.domain.topic.admin.NewTopic;
import io.strikemq.domain.topic.admin.ReplicaAssignment;
import io.strikemq.domain.topic.admin.TopicCreated;
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
public final class CreateTopicsApi extends Api<CreateTopicsRequest> {
    private final CreateTopics createTopics;

    public CreateTopicsApi(CreateTopics createTopics) {
        super(ApiKey.CREATE_TOPICS, CreateTopicsRequest::read);
        this.createTopics = createTopics;
    }

    @Override
    protected boolean mayWait() {
        return true;
    }

    @Override
    public void handle(ApiCall<CreateTopicsRequest> call) {
        CreateTopicsRequest request = call.request();
        List<NewTopic> topics = each(request.topics(), CreateTopicsApi::newTopic);
        Mode mode = request.validateOnly() ? Mode.VALIDATE_ONLY : Mode.APPLY;
        call.reply(CreateTopicsResponse.builder()
                .topics(each(createTopics.create(call.context(), topics, mode), CreateTopicsApi::result))
                .build());
    }

    private static CreatableTopicResult refused(CreatableTopic topic, ErrorCode error, String message) {
        return CreatableTopicResult.builder()
                .name(topic.name())
                .errorCode(error.code())
                .errorMessage(message)
                .build();
    }

    private static NewTopic newTopic(CreatableTopic topic) {
        List<ReplicaAssignment> assignments =
                each(topic.assignments(), each -> new ReplicaAssignment(each.partitionIndex(), each.brokerIds()));
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
                .configs(each(
                        created.configs(),
                        config -> CreatableTopicConfigs.builder()
                                .name(config.name())
                                .value(config.value())
                                .readOnly(config.readOnly())
                                .configSource(config.source().code())
                                .isSensitive(config.sensitive())
                                .build()))
                .build();
    }

    @Override
    public CreateTopicsResponse refusal(CreateTopicsRequest request, short version, ErrorCode error, String message) {
        return CreateTopicsResponse.builder()
                .topics(each(request.topics(), topic -> refused(topic, error, message)))
                .build();
    }
}
