package io.strikemq.domain.settings;

import java.util.Map;

/**
 * What the broker's own settings say about topics.
 *
 * @param autoCreate               whether asking for a topic may create it (auto.create.topics.enable)
 * @param numPartitions            of a topic whose creator leaves it open (num.partitions)
 * @param defaultReplicationFactor of a topic whose creator leaves it open (default.replication.factor)
 * @param deleteEnabled            whether topics can be deleted (delete.topic.enable)
 * @param offsetsTopicPartitions   of {@code __consumer_offsets} (offsets.topic.num.partitions)
 * @param transactionTopicPartitions of {@code __transaction_state} (transaction.state.log.num.partitions)
 * @param offsetsSegmentBytes      segment.bytes of {@code __consumer_offsets} (offsets.topic.segment.bytes)
 * @param transactionSegmentBytes  segment.bytes of {@code __transaction_state} (transaction.state.log.segment.bytes)
 * @param logConfigs               the log settings that were set explicitly, by the names that Kafka's brokers use
 *                                 ({@code log.retention.hours}, {@code message.max.bytes} …); defaults are not in it
 */
public record TopicDefaults(
        boolean autoCreate,
        int numPartitions,
        short defaultReplicationFactor,
        boolean deleteEnabled,
        int offsetsTopicPartitions,
        int transactionTopicPartitions,
        int offsetsSegmentBytes,
        int transactionSegmentBytes,
        Map<String, String> logConfigs) {
    private static final int INTERNAL_SEGMENT = 100 << 20;

    /** Kafka's own defaults, which are the product's too: 7 days of retention, segments of 1 GB. */
    public static final TopicDefaults DEFAULT =
            new TopicDefaults(true, 1, (short) 1, true, 50, 50, INTERNAL_SEGMENT, INTERNAL_SEGMENT, Map.of());

    public TopicDefaults {
        logConfigs = Map.copyOf(logConfigs);
        if (numPartitions < 1
                || defaultReplicationFactor < 1
                || offsetsTopicPartitions < 1
                || transactionTopicPartitions < 1) {
            throw new IllegalArgumentException("at least 1 each: num.partitions " + numPartitions
                    + ", default.replication.factor " + defaultReplicationFactor + ", offsets.topic.num.partitions "
                    + offsetsTopicPartitions + ", transaction.state.log.num.partitions " + transactionTopicPartitions);
        }
    }
}
