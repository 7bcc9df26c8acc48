package io.strikemq.adapter.kafka.api.topics;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.ElectLeadersRequest;
import io.strikemq.adapter.kafka.message.ElectLeadersRequest.TopicPartitions;
import io.strikemq.adapter.kafka.message.ElectLeadersResponse;
import io.strikemq.adapter.kafka.message.ElectLeadersResponse.PartitionResult;
import io.strikemq.adapter.kafka.message.ElectLeadersResponse.ReplicaElectionResult;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.ElectLeaders;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.admin.PartitionOutcome;
import java.util.List;
import java.util.function.IntFunction;

/**
 * ElectLeaders, versions 0 to 2 (KIP-183). Since version 1 an unclean election may be asked for (KIP-460), and an error
 * of the whole is told. When all partitions are asked for, topics are named and none of their partitions: as in Kafka
 * those where there was nothing to do are left out.
 */
public final class ElectLeadersApi extends Api<ElectLeadersRequest> {
    private static final short FIRST_WITH_ERROR = 1;
    private static final byte PREFERRED = 0;
    private static final byte UNCLEAN = 1;

    private final ElectLeaders electLeaders;

    public ElectLeadersApi(ElectLeaders electLeaders) {
        super(ApiKey.ELECT_LEADERS, ElectLeadersRequest::read);
        this.electLeaders = electLeaders;
    }

    @Override
    public void handle(ApiCall<ElectLeadersRequest> call) {
        ElectLeadersRequest request = call.request();
        List<TopicPartitions> topics = request.topicPartitions();
        if (topics == null || !topics.isEmpty()) {
            RequestTime.require(request.timeoutMs());
            requireKnown(request.electionType());
        }
        call.reply(ElectLeadersResponse.builder()
                .replicaElectionResults(
                        topics == null
                                ? each(electLeaders.electWhereNeeded(call.context()), topic -> result(topic, List.of()))
                                : each(topics, topic -> elected(call, topic)))
                .build());
    }

    private static void requireKnown(byte electionType) {
        if (electionType != PREFERRED && electionType != UNCLEAN) {
            throw new BrokerException(ErrorCode.INVALID_REQUEST, "Unknown election type " + electionType);
        }
    }

    private ReplicaElectionResult elected(ApiCall<ElectLeadersRequest> call, TopicPartitions topic) {
        return rows(
                topic, partition -> electLeaders.elect(call.context(), new TopicPartition(topic.topic(), partition)));
    }

    private static ReplicaElectionResult rows(TopicPartitions topic, IntFunction<PartitionOutcome> outcomes) {
        return result(topic.topic(), each(topic.partitions(), partition -> {
            PartitionOutcome outcome = outcomes.apply(partition);
            return PartitionResult.builder()
                    .partitionId(partition)
                    .errorCode(outcome.error().code())
                    .errorMessage(outcome.message())
                    .build();
        }));
    }

    private static ReplicaElectionResult result(String topic, List<PartitionResult> partitions) {
        return ReplicaElectionResult.builder()
                .topic(topic)
                .partitionResult(partitions)
                .build();
    }

    @Override
    public ElectLeadersResponse refusal(ElectLeadersRequest request, short version, ErrorCode error, String message) {
        List<TopicPartitions> topics = request.topicPartitions() == null ? List.of() : request.topicPartitions();
        PartitionOutcome outcome = new PartitionOutcome(error, message);
        return ElectLeadersResponse.builder()
                .errorCode(version < FIRST_WITH_ERROR ? 0 : error.code())
                .replicaElectionResults(each(topics, topic -> rows(topic, partition -> outcome)))
                .build();
    }
}
