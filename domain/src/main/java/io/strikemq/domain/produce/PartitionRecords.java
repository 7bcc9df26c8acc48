package io.strikemq.domain.produce;

import io.strikemq.domain.topic.TopicRef;
import java.nio.ByteBuffer;

/**
 * Records for one partition, as they came off the wire.
 *
 * @param records from position to limit; valid only until the produce call returns, and written to in place (offsets);
 *                null when the client sent none
 */
public record PartitionRecords(TopicRef topic, int partition, ByteBuffer records) {
    /** The same with a copy of the records, which stays valid. */
    public PartitionRecords copy() {
        ByteBuffer copy = records == null
                ? null
                : ByteBuffer.allocate(records.remaining())
                        .put(records.duplicate())
                        .flip();
        return new PartitionRecords(topic, partition, copy);
    }
}
