package io.strikemq.application.group;

import io.strikemq.domain.group.log.CommittedOffset;
import io.strikemq.domain.topic.TopicPartition;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/** The committed offsets of one group. For one thread at a time. */
final class OffsetTable {
    private static final Comparator<TopicPartition> ORDER =
            Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

    private final Map<TopicPartition, CommittedOffset> offsets = new HashMap<>();

    /** The committed offset of a partition; null without one. */
    CommittedOffset find(TopicPartition partition) {
        return offsets.get(partition);
    }

    void put(TopicPartition partition, CommittedOffset offset) {
        offsets.put(partition, offset);
    }

    void remove(TopicPartition partition) {
        offsets.remove(partition);
    }

    boolean isEmpty() {
        return offsets.isEmpty();
    }

    /** All partitions, by topic and number. */
    List<TopicPartition> partitions() {
        return offsets.keySet().stream().sorted(ORDER).toList();
    }

    /** The partitions whose offsets are as described, by topic and number. */
    List<TopicPartition> partitions(BiPredicate<TopicPartition, CommittedOffset> which) {
        return partitions().stream()
                .filter(each -> which.test(each, offsets.get(each)))
                .toList();
    }

    void clear() {
        offsets.clear();
    }

    /** All that is in the table; only read. */
    Map<TopicPartition, CommittedOffset> all() {
        return Collections.unmodifiableMap(offsets);
    }
}
