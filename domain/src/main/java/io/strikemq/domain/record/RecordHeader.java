package io.strikemq.domain.record;

import java.nio.ByteBuffer;
import java.util.Objects;

/** A name and a value beside a record's key and value (KIP-82); names may repeat, the value may be null. */
public record RecordHeader(String key, ByteBuffer value) {
    public RecordHeader {
        Objects.requireNonNull(key, "key");
    }
}
