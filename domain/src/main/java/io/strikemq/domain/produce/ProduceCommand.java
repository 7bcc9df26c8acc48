package io.strikemq.domain.produce;

import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.transaction.AddPartitionsCommand;
import io.strikemq.domain.transaction.AddPartitionsCommand.Purpose;
import io.strikemq.domain.transaction.TransactionVersion;
import java.time.Duration;
import java.util.List;

/**
 * What a producer asks to be appended.
 *
 * @param acks            how many copies the producer waits for
 * @param timeout         how long it waits at the most
 * @param transaction     what its transactional records belong to; null for a producer without a transactional id
 * @param formats         which message formats this version of the request may carry
 * @param partitions      the records, partition by partition. Of a partition that is named twice, as in Kafka, only the
 *                        records of the last naming are appended
 */
public record ProduceCommand(
        Acks acks, Duration timeout, Transaction transaction, Formats formats, List<PartitionRecords> partitions) {

    /** The same with copies of the records, for who carries it out later than the produce call returns. */
    public ProduceCommand copy() {
        return new ProduceCommand(
                acks,
                timeout,
                transaction,
                formats,
                partitions.stream().map(PartitionRecords::copy).toList());
    }

    /** How many bytes the records take. */
    public long sizeInBytes() {
        return partitions.stream()
                .mapToLong(each -> each.records() == null ? 0 : each.records().remaining())
                .sum();
    }

    /** A transactional producer's transaction. */
    public record Transaction(String transactionalId, TransactionSupport support) {
        /** Whether partitions become part of it by what is produced to them. */
        public boolean addsByProducing() {
            return support == TransactionSupport.PARTITIONS_ADDED_BY_PRODUCING;
        }

        /** What its coordinator is asked before something of the producer is appended to these partitions (KIP-890). */
        public AddPartitionsCommand question(ProducerIdentity producer, List<TopicPartition> partitions) {
            return addsByProducing()
                    ? new AddPartitionsCommand(
                            transactionalId, producer, partitions, TransactionVersion.V2, Purpose.ADD)
                    : new AddPartitionsCommand(
                            transactionalId, producer, partitions, TransactionVersion.V0, Purpose.VERIFY);
        }
    }

    /** What a transactional producer knows of transactions, by the version of its requests (KIP-890). */
    public enum TransactionSupport {
        /** Produce 3 to 10: it adds partitions before it produces to them; where it did not, it hears INVALID_TXN_STATE. */
        PARTITIONS_ADDED_BEFORE,
        /** Produce 11: the same, and it knows TRANSACTION_ABORTABLE. */
        ABORTABLE_ERRORS,
        /** Produce 12 and newer: producing adds the partition, and each transaction has an epoch of its own. */
        PARTITIONS_ADDED_BY_PRODUCING
    }

    /** How many copies a producer waits for. */
    public enum Acks {
        /** None: there is no answer at all. */
        NONE,
        /** The leader's. */
        LEADER,
        /** Those of all in-sync replicas. */
        ALL
    }

    /** Which message formats a produce request may carry. */
    public enum Formats {
        /** Produce 0 to 2: message sets of magic 0 and 1 (and batches, as Kafka lets them pass). */
        ANY,
        /** Produce 3 to 6: exactly one v2 batch a partition, not compressed by zstd. */
        V2_WITHOUT_ZSTD,
        /** Produce 7 and newer: exactly one v2 batch a partition (KIP-110). */
        V2
    }
}
