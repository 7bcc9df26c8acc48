package io.strikemq.domain.port.in;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.transaction.AddPartitionsCommand;
import io.strikemq.domain.transaction.EndTransactionCommand;
import io.strikemq.domain.transaction.TransactionEnded;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * What producers do with their transactions, once {@link InitProducer} has given them an id. Callable from any thread, none
 * of which waits for the disk. What changes is in the log before it is answered.
 *
 * <p>Errors, for all of them: INVALID_REQUEST without a transactional id; INVALID_PRODUCER_ID_MAPPING when the id does not
 * belong to that producer; PRODUCER_FENCED for a stale epoch; CONCURRENT_TRANSACTIONS while the last transaction is being
 * ended, to be asked again; what a log says that takes no records, in Kafka's translation for coordinators.
 */
public interface RunTransactions {
    /**
     * Adds partitions to the producer's transaction, or looks whether they are part of it; an answer for each of them,
     * in their order. When one of them does not exist (UNKNOWN_TOPIC_OR_PARTITION), the others are
     * OPERATION_NOT_ATTEMPTED. One that is not part of the transaction is TRANSACTION_ABORTABLE.
     */
    Map<TopicPartition, ErrorCode> addPartitions(RequestContext context, AddPartitionsCommand command);

    /** Adds a group's offsets to the producer's transaction. */
    ErrorCode addOffsets(RequestContext context, String transactionalId, ProducerIdentity producer, String groupId);

    /**
     * Ends the producer's transaction; complete as soon as the outcome is certain. INVALID_TXN_STATE when there is none to
     * be ended that way.
     */
    CompletionStage<TransactionEnded> end(RequestContext context, EndTransactionCommand command);
}
