package io.strikemq.application.group;

import io.strikemq.domain.group.log.CommittedOffset;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.topic.TopicPartition;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * The offsets of one group: those that are committed, and those that open transactions may commit. What is done to it, in
 * the order of the log, makes it what the log says. For one thread at a time.
 */
final class OffsetTable {
    private final Map<TopicPartition, CommittedOffset> offsets = new HashMap<>();
    private final PendingOffsets pending = new PendingOffsets();

    /** The committed offset of a partition; null without one. */
    CommittedOffset find(TopicPartition partition) {
        return offsets.get(partition);
    }

    /** Commits an offset outside of transactions. */
    void put(TopicPartition partition, CommittedOffset offset) {
        offsets.put(partition, offset);
        pending.overtake(partition);
    }

    /** Writes down an offset of a producer's open transaction. */
    void putPending(TopicPartition partition, long producerId, CommittedOffset offset, LogPosition at) {
        pending.put(partition, producerId, offset, at);
    }

    /** A producer's transaction has ended, with a marker that lies there. */
    void end(long producerId, LogPosition marker, Outcome outcome) {
        offsets.putAll(pending.end(producerId, marker, outcome));
    }

    /** Forgets the offset of a partition, and what open transactions have for it. */
    void remove(TopicPartition partition) {
        offsets.remove(partition);
        pending.remove(partition);
    }

    /** Whether a transaction is open that may change the partition's offset. */
    boolean isPending(TopicPartition partition) {
        return pending.contains(partition);
    }

    /** Whether a transaction is open that has offsets. */
    boolean hasPending() {
        return !pending.isEmpty();
    }

    /** The producers whose open transactions have offsets. */
    Set<Long> producers() {
        return pending.producers();
    }

    /** Whether there is no offset, not even one of an open transaction. */
    boolean isEmpty() {
        return offsets.isEmpty() && pending.isEmpty();
    }

    /** The partitions with a committed offset, by topic and number. */
    List<TopicPartition> partitions() {
        return offsets.keySet().stream().sorted().toList();
    }

    /** The partitions whose committed offsets are as described, by topic and number. */
    List<TopicPartition> partitions(BiPredicate<TopicPartition, CommittedOffset> which) {
        return partitions().stream()
                .filter(each -> which.test(each, offsets.get(each)))
                .toList();
    }

    /** All partitions with an offset, be it only one of an open transaction, by topic and number. */
    List<TopicPartition> partitionsWithPending() {
        return partitionsWithPending((partition, offset) -> true);
    }

    /** The partitions of which the committed offset is as described, or one of an open transaction. */
    List<TopicPartition> partitionsWithPending(BiPredicate<TopicPartition, CommittedOffset> which) {
        Set<TopicPartition> all = new HashSet<>(offsets.keySet());
        all.addAll(pending.partitions());
        return all.stream()
                .filter(each -> isCommitted(each, which) || pending.any(each, which))
                .sorted()
                .toList();
    }

    private boolean isCommitted(TopicPartition partition, BiPredicate<TopicPartition, CommittedOffset> which) {
        CommittedOffset offset = offsets.get(partition);
        return offset != null && which.test(partition, offset);
    }

    void clear() {
        offsets.clear();
        pending.clear();
    }

    /** All that is committed; only read. */
    Map<TopicPartition, CommittedOffset> all() {
        return Collections.unmodifiableMap(offsets);
    }
}
