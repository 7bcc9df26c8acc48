package io.strikemq.adapter.rest;

import io.strikemq.domain.record.RecordHeader;
import java.nio.ByteBuffer;
import java.util.List;

/** What the body of a produce request says; {@code partition} is null where it names none. */
record ProduceBody(Integer partition, List<Message> messages) {
    ProduceBody {
        messages = List.copyOf(messages);
    }

    /** A message to be; key and value may be null, the latter to delete a key's messages from a compacted topic. */
    record Message(ByteBuffer key, ByteBuffer value, List<RecordHeader> headers) {}
}
