package io.strikemq.domain.produce;

import java.time.Duration;
import java.util.List;

/**
 * What a producer asks to be appended.
 *
 * @param acks            how many copies the producer waits for
 * @param timeout         how long it waits at the most
 * @param transactionalId null outside a transaction
 * @param formats         which message formats this version of the request may carry
 * @param partitions      the records, partition by partition. Of a partition that is named twice, as in Kafka, only the
 *                        records of the last naming are appended
 */
public record ProduceCommand(
        Acks acks, Duration timeout, String transactionalId, Formats formats, List<PartitionRecords> partitions) {

    /** The same with copies of the records, for who carries it out later than the produce call returns. */
    public ProduceCommand copy() {
        return new ProduceCommand(
                acks,
                timeout,
                transactionalId,
                formats,
                partitions.stream().map(PartitionRecords::copy).toList());
    }

    /** How many bytes the records take. */
    public long sizeInBytes() {
        return partitions.stream()
                .mapToLong(each -> each.records() == null ? 0 : each.records().remaining())
                .sum();
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
