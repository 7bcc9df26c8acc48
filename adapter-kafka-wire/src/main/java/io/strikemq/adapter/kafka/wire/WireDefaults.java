package io.strikemq.adapter.kafka.wire;

import java.nio.ByteBuffer;
import java.util.UUID;

/** What fields of the types that have no literal contain by default. */
public final class WireDefaults {
    /** Stands for "no id". */
    public static final UUID ZERO_UUID = new UUID(0, 0);

    public static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private WireDefaults() {}
}
