package io.strikemq.application.transaction;

import io.strikemq.application.partition.Partitions;
import io.strikemq.application.produce.TransactionVerification;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.RunTransactions;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.settings.TransactionSettings;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.transaction.AddPartitionsCommand;
import io.strikemq.domain.transaction.EndTransactionCommand;
import io.strikemq.domain.transaction.TransactionEffect.Answer;
import io.strikemq.domain.transaction.TransactionEnded;
import io.strikemq.domain.transaction.TransactionEvent;
import io.strikemq.domain.transaction.TransactionRules;
import io.strikemq.domain.transaction.TransactionVersion;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The transaction coordinator, as producers and partitions ask it. */
public final class TransactionCoordination implements RunTransactions, TransactionVerification {
    private final CoordinatedTransactions transactions;
    private final TransactionSettings settings;
    private final Partitions partitions;
    private final ConsumerOffsetsPartitions offsets;

    public TransactionCoordination(
            CoordinatedTransactions transactions,
            TransactionSettings settings,
            Partitions partitions,
            ConsumerOffsetsPartitions offsets) {
        this.transactions = transactions;
        this.settings = settings;
        this.partitions = partitions;
        this.offsets = offsets;
    }

    /**
     * Gives a transactional id to a producer. May wait for the disk.
     *
     * @param current who the producer was until now, {@link ProducerIdentity#NONE} when it begins
     * @throws BrokerException with Kafka's code when it does not get the id
     */
    public ProducerIdentity initialize(String transactionalId, int timeoutMs, ProducerIdentity current) {
        if (transactionalId.isEmpty()) {
            throw new BrokerException(ErrorCode.INVALID_REQUEST, "The transactional id is empty.");
        }
        if (timeoutMs <= 0 || timeoutMs > settings.maxTimeout().toMillis()) {
            throw new BrokerException(
                    ErrorCode.INVALID_TRANSACTION_TIMEOUT,
                    "A transaction may last from 1 to " + settings.maxTimeout().toMillis() + " ms, not " + timeoutMs
                            + " (transaction.max.timeout.ms).");
        }
        TransactionEvent event = new TransactionEvent.Initialize(timeoutMs, current, transactions.version());
        Answer answer = initialized(transactionalId, event);
        if (answer.error() != ErrorCode.NONE) {
            throw new BrokerException(
                    answer.error(), "Transactional id '" + transactionalId + "' cannot be initialized now.");
        }
        return answer.producer();
    }

    private Answer initialized(String transactionalId, TransactionEvent event) {
        while (true) {
            CoordinatedTransaction transaction = transactions.findOrCreate(transactionalId);
            Answer answer = transaction.apply(event).toCompletableFuture().join();
            if (!transaction.isDead()) {
                transactions.discardIfUnknown(transaction);
                return answer;
            }
            // It was forgotten in the very moment in which it was found.
        }
    }

    @Override
    public Map<TopicPartition, ErrorCode> addPartitions(RequestContext context, AddPartitionsCommand command) {
        Map<TopicPartition, ErrorCode> missing = missing(command.partitions());
        if (!missing.isEmpty()) {
            return each(
                    command.partitions(),
                    partition -> missing.getOrDefault(partition, ErrorCode.OPERATION_NOT_ATTEMPTED));
        }
        return carryOut(command);
    }

    private Map<TopicPartition, ErrorCode> carryOut(AddPartitionsCommand command) {
        return switch (command.purpose()) {
            case VERIFY -> verified(command.transactionalId(), command.producer(), command.partitions());
            case ADD -> added(command.transactionalId(), command.producer(), command.partitions(), command.client());
        };
    }

    private Map<TopicPartition, ErrorCode> missing(List<TopicPartition> asked) {
        Map<TopicPartition, ErrorCode> missing = new LinkedHashMap<>();
        for (TopicPartition partition : asked) {
            if (partitions.find(partition) == null) {
                missing.put(partition, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
            }
        }
        return missing;
    }

    @Override
    public ErrorCode addOffsets(
            RequestContext context, String transactionalId, ProducerIdentity producer, String groupId) {
        TopicPartition partition = offsets.partitionOf(groupId);
        return added(transactionalId, producer, List.of(partition), TransactionVersion.V0)
                .get(partition);
    }

    /** As partitions and groups ask, which know themselves what there is. */
    @Override
    public CompletionStage<Map<TopicPartition, ErrorCode>> verify(AddPartitionsCommand question) {
        return CompletableFuture.completedFuture(carryOut(question));
    }

    private Map<TopicPartition, ErrorCode> verified(
            String transactionalId, ProducerIdentity producer, List<TopicPartition> asked) {
        if (isAbsent(transactionalId)) {
            return each(asked, partition -> ErrorCode.INVALID_REQUEST);
        }
        return transactions
                .find(transactionalId)
                .map(found -> TransactionRules.verify(found.now(), producer, asked))
                .orElseGet(() -> each(asked, partition -> ErrorCode.INVALID_PRODUCER_ID_MAPPING));
    }

    private Map<TopicPartition, ErrorCode> added(
            String transactionalId, ProducerIdentity producer, List<TopicPartition> asked, TransactionVersion client) {
        if (isAbsent(transactionalId)) {
            return each(asked, partition -> ErrorCode.INVALID_REQUEST);
        }
        TransactionEvent event = new TransactionEvent.AddPartitions(producer, new LinkedHashSet<>(asked), client);
        ErrorCode error = transactions
                .find(transactionalId)
                .map(found -> found.applyNow(event).error())
                .orElse(ErrorCode.INVALID_PRODUCER_ID_MAPPING);
        return each(asked, partition -> error);
    }

    @Override
    public CompletionStage<TransactionEnded> end(RequestContext context, EndTransactionCommand command) {
        if (isAbsent(command.transactionalId())) {
            return CompletableFuture.completedFuture(
                    new TransactionEnded(ErrorCode.INVALID_REQUEST, ProducerIdentity.NONE));
        }
        TransactionEvent event = new TransactionEvent.End(command.producer(), command.outcome(), command.client());
        Optional<CoordinatedTransaction> found = transactions.find(command.transactionalId());
        return found.isEmpty()
                ? CompletableFuture.completedFuture(
                        new TransactionEnded(ErrorCode.INVALID_PRODUCER_ID_MAPPING, ProducerIdentity.NONE))
                : found.get().apply(event).thenApply(answer -> new TransactionEnded(answer.error(), answer.producer()));
    }

    private static boolean isAbsent(String transactionalId) {
        return transactionalId == null || transactionalId.isEmpty();
    }

    private static Map<TopicPartition, ErrorCode> each(
            List<TopicPartition> partitions, Function<TopicPartition, ErrorCode> error) {
        Map<TopicPartition, ErrorCode> errors = new LinkedHashMap<>();
        partitions.forEach(partition -> errors.put(partition, error.apply(partition)));
        return errors;
    }
}
