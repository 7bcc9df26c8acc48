package io.strikemq.adapter.kafka.coordinator;

import io.strikemq.adapter.kafka.wire.CoordinatorMessage;
import io.strikemq.adapter.kafka.wire.WireWriter;
import java.nio.ByteBuffer;

/** Bytes of keys and values in the topics of coordinators. */
final class CoordinatorBytes {
    private CoordinatorBytes() {}

    /** A message behind its kind, for a key, or its version, for a value. */
    static ByteBuffer prefixed(short prefix, CoordinatorMessage message, short version) {
        WireWriter out = new WireWriter(Short.BYTES + message.size(version));
        out.writeShort(prefix);
        message.write(out, version);
        return out.finishAsOne();
    }

    /** The record lies in memory that its reader gives back, and the group lives on. */
    static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    }
}
