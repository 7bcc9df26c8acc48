package io.strikemq.adapter.rest;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.FenceProducers;
import io.strikemq.domain.port.in.InspectTransactions;
import io.strikemq.domain.producer.ProducerFenced;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.transaction.Transaction;
import io.strikemq.domain.transaction.TransactionFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code /v1/transactions} and {@code /v1/transactions/{id}}. */
public final class TransactionsApi extends RestApi {
    private final InspectTransactions transactions;
    private final FenceProducers producers;

    /** Answers from these ports. */
    public TransactionsApi(InspectTransactions transactions, FenceProducers producers) {
        this.transactions = transactions;
        this.producers = producers;
    }

    @Override
    List<Route> routes() {
        return List.of(
                Route.get("/v1/transactions", "all transactional ids", this::list),
                Route.get(
                        "/v1/transactions/{id}",
                        "one transactional id: its state, producer and partitions",
                        this::detail),
                Route.post(
                        "/v1/transactions/{id}/fence",
                        "fence the producer of a transactional id, and abort its transaction",
                        this::fence));
    }

    private record Summary(String transactionalId, String state, long producerId) {}

    private record Detail(
            String transactionalId,
            String state,
            long producerId,
            int producerEpoch,
            long timeoutMs,
            Long startTimestamp,
            List<Topic> partitions) {}

    private record Fenced(String transactionalId, long producerId, int producerEpoch, boolean aborts) {}

    private record Topic(String topic, List<Integer> partitions) {}

    private Answer list(RestCall call) {
        return Answer.ok(transactions.list(call.context(), TransactionFilter.ALL).transactions().stream()
                .map(each -> new Summary(
                        each.transactionalId(),
                        each.state().kafkaName(),
                        each.producer().id()))
                .toList());
    }

    private Answer detail(RestCall call) {
        String id = call.pathParameter("id");
        Transaction transaction = transactions
                .describe(call.context(), id)
                .orElseThrow(() -> new BrokerException(
                        ErrorCode.TRANSACTIONAL_ID_NOT_FOUND, "there is no transactional id '" + id + "'"));
        boolean hasStarted = transaction.startMs() != Transaction.NEVER;
        return Answer.ok(new Detail(
                id,
                transaction.state().kafkaName(),
                transaction.producer().id(),
                transaction.producer().epoch(),
                transaction.timeoutMs(),
                hasStarted ? transaction.startMs() : null,
                byTopic(transaction.partitions())));
    }

    private Answer fence(RestCall call) {
        ProducerFenced fenced = producers.fence(call.pathParameter("id"));
        return Answer.ok(new Fenced(
                fenced.transactionalId(),
                fenced.producer().id(),
                fenced.producer().epoch(),
                fenced.aborts()));
    }

    private static List<Topic> byTopic(Set<TopicPartition> partitions) {
        Map<String, List<Integer>> byTopic = new LinkedHashMap<>();
        for (TopicPartition partition : partitions) {
            byTopic.computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
                    .add(partition.partition());
        }
        return byTopic.entrySet().stream()
                .map(entry -> new Topic(entry.getKey(), entry.getValue()))
                .toList();
    }
}
