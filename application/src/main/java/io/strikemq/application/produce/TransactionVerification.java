package io.strikemq.application.produce;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.topic.TopicPartition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Asks the transaction coordinator whether partitions belong to the transaction that a producer has open, before the
 * first records of it are appended to them (KIP-890): so no transaction is begun on a partition that nobody would ever
 * end.
 *
 * <p>Callable from any thread. The answer may come later, on any thread, and always comes.
 */
@FunctionalInterface
public interface TransactionVerification {
    /** Knows no transaction. */
    TransactionVerification NONE = question -> {
        Map<TopicPartition, ErrorCode> answers = new HashMap<>();
        question.partitions().forEach(partition -> answers.put(partition, ErrorCode.INVALID_TXN_STATE));
        return CompletableFuture.completedFuture(answers);
    };

    /** What a partition that is not in the transaction means. */
    enum Purpose {
        /** It is refused (TRANSACTION_ABORTABLE): the producer had to add it first, by AddPartitionsToTxn. */
        VERIFY,
        /** It is added: producers of transaction version 2 leave that to the broker (Produce 12 and newer). */
        ADD
    }

    /**
     * A question to the coordinator.
     *
     * @param transactionalId not null
     * @param producer        the id and epoch that the records carry
     * @param partitions      each once, none of them empty
     */
    record Question(
            String transactionalId, ProducerIdentity producer, List<TopicPartition> partitions, Purpose purpose) {}

    /**
     * The coordinator's own error for each partition of the question, NONE where records may be appended, as
     * AddPartitionsToTxn 4 and newer answers brokers: what clients are told instead is for the caller to say. Where the
     * whole is refused (an unknown transactional id, a fenced producer …), each partition has that error.
     */
    CompletionStage<Map<TopicPartition, ErrorCode>> verify(Question question);
}
