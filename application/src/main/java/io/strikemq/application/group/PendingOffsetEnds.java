package io.strikemq.application.group;

import io.strikemq.application.marker.MarkerListener;
import io.strikemq.domain.producer.TransactionMarker;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;

/** Commits or drops what groups have pending, when the marker of the transaction is in {@code __consumer_offsets}. */
public final class PendingOffsetEnds implements MarkerListener {
    private final CoordinatedGroups groups;

    public PendingOffsetEnds(CoordinatedGroups groups) {
        this.groups = groups;
    }

    @Override
    public void written(TransactionMarker marker, TopicPartition partition, long offset) {
        if (partition.topic().equals(Topic.CONSUMER_OFFSETS)) {
            LogPosition position = new LogPosition(partition.partition(), offset);
            groups.transactionEnded(marker.producer().id(), position, marker.outcome());
        }
    }
}
