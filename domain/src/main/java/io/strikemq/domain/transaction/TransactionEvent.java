package io.strikemq.domain.transaction;

import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.topic.TopicPartition;
import java.util.LinkedHashSet;
import java.util.Set;

/** What happens to a transactional id. */
public sealed interface TransactionEvent {
    /**
     * A producer begins, and fences whoever had the id before; or it goes on after an error (KIP-360).
     *
     * @param timeoutMs how long its transactions may last
     * @param expected  who it was until now; {@link ProducerIdentity#NONE} when it begins
     * @param server    by which rules a transaction is aborted that is still open
     */
    record Initialize(int timeoutMs, ProducerIdentity expected, TransactionVersion server)
            implements TransactionEvent {}

    /** Partitions take part in the producer's transaction, which begins with the first of them. */
    record AddPartitions(ProducerIdentity producer, Set<TopicPartition> partitions, TransactionVersion client)
            implements TransactionEvent {
        public AddPartitions {
            partitions = new LinkedHashSet<>(partitions);
        }
    }

    /** The producer ends its transaction. */
    record End(ProducerIdentity producer, Outcome outcome, TransactionVersion client) implements TransactionEvent {}

    /**
     * Time has passed: a transaction that has lasted too long is aborted, and its producer fenced.
     *
     * @param server by which rules it is aborted
     */
    record TimePassed(TransactionVersion server) implements TransactionEvent {}

    /** Every partition has its marker, or is gone. */
    record MarkersWritten() implements TransactionEvent {}

    /** The transaction was read from the log: what was begun is finished. */
    record Loaded() implements TransactionEvent {}

    /** Time has passed: an id that nobody has used for this long is forgotten. */
    record Unused(long expirationMs) implements TransactionEvent {}
}
