package io.strikemq.application.group;

import io.strikemq.domain.group.log.CommittedOffset;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.topic.TopicPartition;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * The offsets of one group that are part of open transactions: written down, but neither committed nor void. Of all offsets
 * that come to be committed for a partition, Kafka keeps the one that was written last, whichever transaction ends last. For
 * one thread at a time.
 */
final class PendingOffsets {
    /** Of each partition the producers with an offset, in the order in which these were written. */
    private final Map<TopicPartition, Map<Long, Pending>> byPartition = new HashMap<>();

    private final Map<Long, Set<TopicPartition>> byProducer = new HashMap<>();

    /** {@code isOvertaken}: something that was written later is committed already. */
    private record Pending(CommittedOffset offset, LogPosition at, boolean isOvertaken) {}

    boolean isEmpty() {
        return byPartition.isEmpty();
    }

    /** Whether a transaction is open that may change the partition's offset. */
    boolean contains(TopicPartition partition) {
        return byPartition.containsKey(partition);
    }

    /** The partitions with an offset. */
    Set<TopicPartition> partitions() {
        return Collections.unmodifiableSet(byPartition.keySet());
    }

    /** Whether the partition has an offset that is as described. */
    boolean any(TopicPartition partition, BiPredicate<TopicPartition, CommittedOffset> which) {
        return byPartition.getOrDefault(partition, Map.of()).values().stream()
                .anyMatch(pending -> which.test(partition, pending.offset()));
    }

    /** The producers whose transactions have offsets. */
    Set<Long> producers() {
        return Collections.unmodifiableSet(byProducer.keySet());
    }

    /** Takes the place of what the transaction had for the partition. */
    void put(TopicPartition partition, long producerId, CommittedOffset offset, LogPosition at) {
        Map<Long, Pending> ofPartition = byPartition.computeIfAbsent(partition, name -> new LinkedHashMap<>());
        ofPartition.remove(producerId);
        ofPartition.put(producerId, new Pending(offset, at, false));
        byProducer.computeIfAbsent(producerId, id -> new HashSet<>()).add(partition);
    }

    /** An offset was committed outside of transactions: all that was written before is too old from now on. */
    void overtake(TopicPartition partition) {
        Map<Long, Pending> ofPartition = byPartition.get(partition);
        if (ofPartition != null) {
            ofPartition.replaceAll((producer, pending) -> overtaken(pending));
        }
    }

    private static Pending overtaken(Pending pending) {
        return new Pending(pending.offset(), pending.at(), true);
    }

    /** Forgets the partition's offsets in all transactions. */
    void remove(TopicPartition partition) {
        Map<Long, Pending> removed = byPartition.remove(partition);
        if (removed != null) {
            removed.keySet().forEach(producer -> forget(producer, partition));
        }
    }

    /**
     * A producer's transaction has ended where its marker lies; what was written behind it is of the next one.
     *
     * @return what holds from now on
     */
    Map<TopicPartition, CommittedOffset> end(long producerId, LogPosition marker, Outcome outcome) {
        Map<TopicPartition, CommittedOffset> committed = new LinkedHashMap<>();
        for (TopicPartition partition : Set.copyOf(byProducer.getOrDefault(producerId, Set.of()))) {
            Map<Long, Pending> ofPartition = byPartition.get(partition);
            Pending ended = ofPartition.get(producerId);
            if (!ended.at().isBefore(marker)) {
                continue;
            }
            if (outcome == Outcome.COMMIT && !ended.isOvertaken()) {
                committed.put(partition, ended.offset());
                overtakeThoseBefore(producerId, ofPartition);
            }
            ofPartition.remove(producerId);
            if (ofPartition.isEmpty()) {
                byPartition.remove(partition);
            }
            forget(producerId, partition);
        }
        return committed;
    }

    private static void overtakeThoseBefore(long producerId, Map<Long, Pending> ofPartition) {
        for (Map.Entry<Long, Pending> each : ofPartition.entrySet()) {
            if (each.getKey() == producerId) {
                return;
            }
            each.setValue(overtaken(each.getValue()));
        }
    }

    private void forget(long producerId, TopicPartition partition) {
        Set<TopicPartition> ofProducer = byProducer.get(producerId);
        ofProducer.remove(partition);
        if (ofProducer.isEmpty()) {
            byProducer.remove(producerId);
        }
    }

    void clear() {
        byPartition.clear();
        byProducer.clear();
    }
}
