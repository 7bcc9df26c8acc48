package io.strikemq.application.marker;

import io.strikemq.domain.producer.TransactionMarker;
import io.strikemq.domain.topic.TopicPartition;

/** Who keeps something that waits for the end of transactions. Called from any thread, with no lock held. */
@FunctionalInterface
public interface MarkerListener {
    /**
     * A marker was written. What this throws becomes the error of the marker, which is then written and told again: so it
     * must do no harm twice.
     *
     * @param offset where the marker lies in the partition
     */
    void written(TransactionMarker marker, TopicPartition partition, long offset);
}
