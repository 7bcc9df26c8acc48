package io.strikemq.adapter.kafka.api.transactions;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.DescribeTransactionsRequest;
import io.strikemq.adapter.kafka.message.DescribeTransactionsResponse;
import io.strikemq.adapter.kafka.message.DescribeTransactionsResponse.TopicData;
import io.strikemq.adapter.kafka.message.DescribeTransactionsResponse.TransactionState;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.InspectTransactions;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.transaction.Transaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** DescribeTransactions, version 0 (KIP-664). */
public final class DescribeTransactionsApi extends Api<DescribeTransactionsRequest> {
    private final InspectTransactions transactions;

    public DescribeTransactionsApi(InspectTransactions transactions) {
        super(ApiKey.DESCRIBE_TRANSACTIONS, DescribeTransactionsRequest::read);
        this.transactions = transactions;
    }

    @Override
    public void handle(ApiCall<DescribeTransactionsRequest> call) {
        call.reply(DescribeTransactionsResponse.builder()
                .transactionStates(each(call.request().transactionalIds(), id -> described(call, id)))
                .build());
    }

    private TransactionState described(ApiCall<?> call, String id) {
        if (id.isEmpty()) {
            return failed(id, ErrorCode.INVALID_REQUEST);
        }
        return transactions
                .describe(call.context(), id)
                .map(DescribeTransactionsApi::described)
                .orElseGet(() -> failed(id, ErrorCode.TRANSACTIONAL_ID_NOT_FOUND));
    }

    private static TransactionState described(Transaction transaction) {
        return TransactionState.builder()
                .transactionalId(transaction.transactionalId())
                .producerId(transaction.producer().id())
                .producerEpoch(transaction.producer().epoch())
                .transactionState(transaction.state().kafkaName())
                .transactionTimeoutMs(transaction.timeoutMs())
                .transactionStartTimeMs(transaction.startMs())
                .topics(topics(transaction.partitions()))
                .build();
    }

    private static List<TopicData> topics(Set<TopicPartition> partitions) {
        Map<String, List<Integer>> byTopic = new LinkedHashMap<>();
        for (TopicPartition partition : partitions) {
            byTopic.computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
                    .add(partition.partition());
        }
        return byTopic.entrySet().stream()
                .map(entry -> TopicData.builder()
                        .topic(entry.getKey())
                        .partitions(entry.getValue())
                        .build())
                .toList();
    }

    private static TransactionState failed(String id, ErrorCode error) {
        return TransactionState.builder()
                .transactionalId(id)
                .errorCode(error.code())
                .build();
    }

    @Override
    public DescribeTransactionsResponse refusal(
            DescribeTransactionsRequest request, short version, ErrorCode error, String message) {
        return DescribeTransactionsResponse.builder()
                .transactionStates(each(request.transactionalIds(), id -> failed(id, error)))
                .build();
    }
}
