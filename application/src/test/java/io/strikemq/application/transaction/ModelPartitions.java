package io.strikemq.application.transaction;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionMarker;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.topic.TopicPartition;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What partitions know of transactions, in few words: who has records there whose outcome is open, and what became of others. */
final class ModelPartitions {
    private record Place(TopicPartition partition, long producerId) {}

    private final Map<Place, Short> epochs = new HashMap<>();
    /** The transactions that are open, as their clients have named them. */
    private final Map<Place, String> open = new LinkedHashMap<>();

    private final Map<String, Map<TopicPartition, Outcome>> outcomes = new HashMap<>();

    /** Appends records of a client's transaction; false when the producer's epoch is stale. */
    boolean append(TopicPartition partition, ProducerIdentity producer, String transaction) {
        Place place = new Place(partition, producer.id());
        if (producer.epoch() < epochs.getOrDefault(place, (short) -1)) {
            return false;
        }
        epochs.put(place, producer.epoch());
        String other = open.put(place, transaction);
        if (other != null && !other.equals(transaction)) {
            throw new AssertionError(transaction + " runs into " + other + " in " + partition);
        }
        return true;
    }

    ErrorCode mark(TopicPartition partition, TransactionMarker marker) {
        Place place = new Place(partition, marker.producer().id());
        short epoch = epochs.getOrDefault(place, (short) -1);
        if (marker.producer().epoch() < epoch) {
            return ErrorCode.INVALID_PRODUCER_EPOCH;
        }
        epochs.put(place, marker.producer().epoch());
        String ended = open.remove(place);
        if (ended != null) {
            outcomes.computeIfAbsent(ended, name -> new HashMap<>()).put(partition, marker.outcome());
        }
        return ErrorCode.NONE;
    }

    /** What became of a client's transaction where it has ended. */
    Map<TopicPartition, Outcome> outcomes(String transaction) {
        return outcomes.getOrDefault(transaction, Map.of());
    }

    boolean isAnythingOpen() {
        return !open.isEmpty();
    }

    @Override
    public String toString() {
        return "open " + open + ", ended " + outcomes;
    }
}
