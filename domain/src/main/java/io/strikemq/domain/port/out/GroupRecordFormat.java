package io.strikemq.domain.port.out;

import io.strikemq.domain.group.log.GroupRecord;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The form in which groups and their offsets lie in {@code __consumer_offsets}: Kafka's own, so that its tools can read
 * the topic. Callable from any thread.
 */
public interface GroupRecordFormat {
    /** The record in the versions that Kafka 4.4 writes. */
    KeyValue encode(GroupRecord groupRecord);

    /**
     * What a record says; empty for kinds of records that are not known here, which are to be skipped. Both buffers are
     * read from position to limit, not moved and not kept; {@code value} is null in a tombstone.
     *
     * @throws IllegalArgumentException when the bytes are not of the form that they claim
     */
    Optional<GroupRecord> decode(ByteBuffer key, ByteBuffer value);

    /** A key and its value; the value is null in a tombstone. */
    record KeyValue(ByteBuffer key, ByteBuffer value) {}
}
