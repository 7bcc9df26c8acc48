package io.strikemq.adapter.kafka.wire;

import java.nio.ByteBuffer;
import java.util.Objects;

/** A tagged field that no definition names, kept as it came. */
public record TaggedField(int tag, ByteBuffer data) {
    public TaggedField {
        Objects.requireNonNull(data, "data");
    }
}
