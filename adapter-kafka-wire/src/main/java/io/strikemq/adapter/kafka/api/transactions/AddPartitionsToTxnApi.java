package io.strikemq.adapter.kafka.api.transactions;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.AddPartitionsToTxnRequest;
import io.strikemq.adapter.kafka.message.AddPartitionsToTxnRequest.AddPartitionsToTxnTopic;
import io.strikemq.adapter.kafka.message.AddPartitionsToTxnRequest.AddPartitionsToTxnTransaction;
import io.strikemq.adapter.kafka.message.AddPartitionsToTxnResponse;
import io.strikemq.adapter.kafka.message.AddPartitionsToTxnResponse.AddPartitionsToTxnPartitionResult;
import io.strikemq.adapter.kafka.message.AddPartitionsToTxnResponse.AddPartitionsToTxnResult;
import io.strikemq.adapter.kafka.message.AddPartitionsToTxnResponse.AddPartitionsToTxnTopicResult;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.RunTransactions;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.transaction.AddPartitionsCommand;
import io.strikemq.domain.transaction.AddPartitionsCommand.Purpose;
import io.strikemq.domain.transaction.TransactionVersion;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * AddPartitionsToTxn, versions 0 to 5 (KIP-98).
 *
 * <p>Version 2 tells PRODUCER_FENCED, which is INVALID_PRODUCER_EPOCH before (KIP-588); 4 is how brokers ask each other, for
 * several transactions and to verify only (KIP-890). Without any transaction version 4 is answered with nothing, where Kafka
 * never answers.
 */
public final class AddPartitionsToTxnApi extends Api<AddPartitionsToTxnRequest> {
    private static final short FIRST_WITH_FENCED = 2;
    private static final short FIRST_BATCHED = 4;

    private final RunTransactions transactions;

    public AddPartitionsToTxnApi(RunTransactions transactions) {
        super(ApiKey.ADD_PARTITIONS_TO_TXN, AddPartitionsToTxnRequest::read);
        this.transactions = transactions;
    }

    @Override
    public void handle(ApiCall<AddPartitionsToTxnRequest> call) {
        AddPartitionsToTxnRequest request = call.request();
        if (call.version() < FIRST_BATCHED) {
            AddPartitionsToTxnTransaction only = AddPartitionsToTxnTransaction.builder()
                    .transactionalId(request.v3AndBelowTransactionalId())
                    .producerId(request.v3AndBelowProducerId())
                    .producerEpoch(request.v3AndBelowProducerEpoch())
                    .topics(request.v3AndBelowTopics())
                    .build();
            call.reply(AddPartitionsToTxnResponse.builder()
                    .resultsByTopicV3AndBelow(added(call, only, TransactionVersion.V0))
                    .build());
            return;
        }
        call.reply(AddPartitionsToTxnResponse.builder()
                .resultsByTransaction(each(
                        request.transactions(),
                        each -> AddPartitionsToTxnResult.builder()
                                .transactionalId(each.transactionalId())
                                .topicResults(added(call, each, TransactionVersion.V2))
                                .build()))
                .build());
    }

    private List<AddPartitionsToTxnTopicResult> added(
            ApiCall<?> call, AddPartitionsToTxnTransaction transaction, TransactionVersion client) {
        List<TopicPartition> partitions = transaction.topics().stream()
                .flatMap(topic ->
                        topic.partitions().stream().map(partition -> new TopicPartition(topic.name(), partition)))
                .toList();
        Map<TopicPartition, ErrorCode> errors = transactions.addPartitions(
                call.context(),
                new AddPartitionsCommand(
                        transaction.transactionalId(),
                        new ProducerIdentity(transaction.producerId(), transaction.producerEpoch()),
                        partitions,
                        client,
                        transaction.verifyOnly() ? Purpose.VERIFY : Purpose.ADD));
        return results(
                transaction.topics(),
                partition -> FencedProducers.told(errors.get(partition), call.version(), FIRST_WITH_FENCED));
    }

    private static List<AddPartitionsToTxnTopicResult> results(
            List<AddPartitionsToTxnTopic> topics, Function<TopicPartition, Short> error) {
        return each(
                topics,
                topic -> AddPartitionsToTxnTopicResult.builder()
                        .name(topic.name())
                        .resultsByPartition(each(
                                topic.partitions(),
                                partition -> AddPartitionsToTxnPartitionResult.builder()
                                        .partitionIndex(partition)
                                        .partitionErrorCode(error.apply(new TopicPartition(topic.name(), partition)))
                                        .build()))
                        .build());
    }

    @Override
    public AddPartitionsToTxnResponse refusal(
            AddPartitionsToTxnRequest request, short version, ErrorCode error, String message) {
        return version < FIRST_BATCHED
                ? AddPartitionsToTxnResponse.builder()
                        .resultsByTopicV3AndBelow(results(request.v3AndBelowTopics(), partition -> error.code()))
                        .build()
                : AddPartitionsToTxnResponse.builder().errorCode(error.code()).build();
    }
}
