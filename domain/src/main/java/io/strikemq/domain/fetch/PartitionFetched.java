package io.strikemq.domain.fetch;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.LogSlice;
import io.strikemq.domain.topic.TopicRef;
import java.util.List;

/**
 * What was read from one partition.
 *
 * @param highWatermark    -1 after an error, as the two that follow
 * @param lastStableOffset below it no transaction is open
 * @param logStartOffset   the first offset that is there
 * @param aborted          for read_committed: aborted transactions that touch these records, by first offset; null
 *                         for read_uncommitted
 * @param currentLeader    set when the reader's leader epoch is not the partition's (KIP-951); null otherwise
 * @param records          never null; whoever received the result releases it
 */
public record PartitionFetched(
        TopicRef topic,
        int partition,
        ErrorCode error,
        long highWatermark,
        long lastStableOffset,
        long logStartOffset,
        List<AbortedTransaction> aborted,
        LeaderAndEpoch currentLeader,
        LogSlice records) {

    /** A transaction that was aborted: the producer and the first offset that it wrote. */
    public record AbortedTransaction(long producerId, long firstOffset) {}

    /** Who leads a partition, and since which epoch. */
    public record LeaderAndEpoch(int leaderId, int leaderEpoch) {}

    /** There is no such partition. Kafka names no aborted transactions then, and says nothing of them after other errors. */
    public static PartitionFetched absent(TopicRef topic, int partition, ErrorCode error) {
        return new PartitionFetched(topic, partition, error, -1, -1, -1, List.of(), null, LogSlice.EMPTY);
    }

    /** Nothing could be read. */
    public static PartitionFetched failed(TopicRef topic, int partition, ErrorCode error) {
        return new PartitionFetched(topic, partition, error, -1, -1, -1, null, null, LogSlice.EMPTY);
    }
}
