package io.strikemq.domain.transaction;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.topic.TopicPartition;
import java.util.Set;

/**
 * What is to be done after a transition, in the order given. Storing comes first, and when the log refuses, there was no
 * transition and nothing else is done.
 */
public sealed interface TransactionEffect {
    /** Write the transaction to the log, as it is after the transition. */
    record Store() implements TransactionEffect {}

    /** Write to the log that the id is forgotten, and forget it. */
    record Forget() implements TransactionEffect {}

    /**
     * Answer whoever asked.
     *
     * @param producer who the producer is from now on; {@link ProducerIdentity#NONE} with an error
     */
    record Answer(ErrorCode error, ProducerIdentity producer) implements TransactionEffect {}

    /**
     * Write markers to these partitions until each has one or is gone, then send
     * {@link TransactionEvent.MarkersWritten}.
     */
    record WriteMarkers(
            ProducerIdentity producer, Outcome outcome, TransactionVersion version, Set<TopicPartition> partitions)
            implements TransactionEffect {}

    /** Nothing has happened: get a producer id that nobody has had, and come again with it. */
    record NeedProducerId() implements TransactionEffect {}
}
