package io.strikemq.adapter.kafka.api.records;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.DescribeProducersRequest;
import io.strikemq.adapter.kafka.message.DescribeProducersRequest.TopicRequest;
import io.strikemq.adapter.kafka.message.DescribeProducersResponse;
import io.strikemq.adapter.kafka.message.DescribeProducersResponse.PartitionResponse;
import io.strikemq.adapter.kafka.message.DescribeProducersResponse.ProducerState;
import io.strikemq.adapter.kafka.message.DescribeProducersResponse.TopicResponse;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.DescribeProducers;
import io.strikemq.domain.producer.ActiveProducer;
import io.strikemq.domain.producer.PartitionProducers;
import io.strikemq.domain.topic.TopicPartition;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;

/** DescribeProducers, version 0 (KIP-664): idempotent producers, and where their open transactions begin. */
public final class DescribeProducersApi extends Api<DescribeProducersRequest> {
    private final DescribeProducers describeProducers;

    public DescribeProducersApi(DescribeProducers describeProducers) {
        super(ApiKey.DESCRIBE_PRODUCERS, DescribeProducersRequest::read);
        this.describeProducers = describeProducers;
    }

    @Override
    public void handle(ApiCall<DescribeProducersRequest> call) {
        // What is named twice is told twice, but found out once.
        Set<TopicPartition> asked = new LinkedHashSet<>();
        for (TopicRequest topic : call.request().topics()) {
            topic.partitionIndexes().forEach(partition -> asked.add(new TopicPartition(topic.name(), partition)));
        }
        call.replyWhen(
                describeProducers.describe(call.context(), asked), found -> response(call.request(), found::get));
    }

    private static DescribeProducersResponse response(
            DescribeProducersRequest request, Function<TopicPartition, PartitionProducers> found) {
        return DescribeProducersResponse.builder()
                .topics(each(
                        request.topics(),
                        topic -> TopicResponse.builder()
                                .name(topic.name())
                                .partitions(each(
                                        topic.partitionIndexes(),
                                        partition -> partition(
                                                partition, found.apply(new TopicPartition(topic.name(), partition)))))
                                .build()))
                .build();
    }

    private static PartitionResponse partition(int partition, PartitionProducers found) {
        return PartitionResponse.builder()
                .partitionIndex(partition)
                .errorCode(found.error().code())
                .errorMessage(found.message())
                .activeProducers(each(found.producers(), DescribeProducersApi::producer))
                .build();
    }

    private static ProducerState producer(ActiveProducer producer) {
        return ProducerState.builder()
                .producerId(producer.identity().id())
                .producerEpoch(producer.identity().epoch())
                .lastSequence(producer.lastSequence())
                .lastTimestamp(producer.lastTimestamp())
                .coordinatorEpoch(producer.coordinatorEpoch())
                .currentTxnStartOffset(producer.transactionOffset())
                .build();
    }

    @Override
    public DescribeProducersResponse refusal(
            DescribeProducersRequest request, short version, ErrorCode error, String message) {
        PartitionProducers refused = PartitionProducers.refused(error, message);
        return response(request, partition -> refused);
    }
}
