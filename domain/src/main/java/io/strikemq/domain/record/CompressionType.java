package io.strikemq.domain.record;

import java.util.Locale;
import java.util.Optional;

/** How the records of a batch are compressed, by Kafka's numbers (bits 0 to 2 of the attributes) and names. */
public enum CompressionType {
    NONE(0),
    GZIP(1),
    SNAPPY(2),
    LZ4(3),
    ZSTD(4);

    private static final CompressionType[] BY_ID = values();
    private final int id;

    CompressionType(int id) {
        this.id = id;
    }

    /** The number in the attributes of a batch. */
    public int id() {
        return id;
    }

    /** Kafka's name, as in {@code compression.type}. */
    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of that number; empty for 5 to 7, which Kafka has not given away. */
    public static Optional<CompressionType> forId(int id) {
        return id >= 0 && id < BY_ID.length ? Optional.of(BY_ID[id]) : Optional.empty();
    }

    /** The type of that name; empty for {@code producer} and anything unknown. */
    public static Optional<CompressionType> forName(String name) {
        for (CompressionType type : BY_ID) {
            if (type.configName().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
