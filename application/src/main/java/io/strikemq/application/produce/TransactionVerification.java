package io.strikemq.application.produce;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.transaction.AddPartitionsCommand;
import java.util.Map;
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
    /**
     * What a partition is told that is not in the transaction is for the question's purpose to say: to verify, it is refused
     * (TRANSACTION_ABORTABLE), since the producer had to add it first; otherwise it is added, as producers of transaction version
     * 2 leave to the broker (Produce 12 and newer).
     *
     * @param question with a transactional id; each partition once, all of them there
     * @return the coordinator's own error for each partition of the question, NONE where records may be appended, as
     * AddPartitionsToTxn 4 and newer answers brokers: what clients are told instead is for the caller to say. Where the
     * whole is refused (an unknown transactional id, a fenced producer …), each partition has that error.
     */
    CompletionStage<Map<TopicPartition, ErrorCode>> verify(AddPartitionsCommand question);
}
