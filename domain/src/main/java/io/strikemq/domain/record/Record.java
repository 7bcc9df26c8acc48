package io.strikemq.domain.record;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * One record, taken out of its batch.
 *
 * @param offset    in its partition
 * @param timestamp in ms; -1 without one
 * @param key       null without one; a view of the batch's memory, as is the value
 * @param value     null in a tombstone
 */
public record Record(long offset, long timestamp, ByteBuffer key, ByteBuffer value, List<RecordHeader> headers) {
    public Record {
        headers = List.copyOf(headers);
    }
}
