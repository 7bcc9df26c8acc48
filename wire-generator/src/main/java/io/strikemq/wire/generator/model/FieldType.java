package io.strikemq.wire.generator.model;

import java.util.Locale;

/** The type of a field: a primitive, a structure known by name, or an array of either. */
public sealed interface FieldType {
    /** Kafka's built-in types. */
    enum Primitive implements FieldType {
        BOOL(1),
        INT8(1),
        INT16(2),
        UINT16(2),
        INT32(4),
        INT64(8),
        FLOAT64(8),
        UUID(16),
        STRING(0),
        BYTES(0),
        RECORDS(0);

        private final int width;

        Primitive(int width) {
            this.width = width;
        }

        /** The number of bytes on the wire, or 0 when it depends on the value. */
        public int width() {
            return width;
        }
    }

    /** A reference to a structure of the same message. */
    record Struct(String name) implements FieldType {}

    record Array(FieldType element) implements FieldType {}

    /** Parses {@code int32}, {@code []string}, {@code FetchTopic}, {@code []FetchTopic}. */
    static FieldType parse(String text) {
        if (text.startsWith("[]")) {
            return new Array(parse(text.substring(2)));
        }
        if (Character.isUpperCase(text.charAt(0))) {
            return new Struct(text);
        }
        return Primitive.valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** Whether the number of bytes is the same for every value. */
    default boolean fixedWidth() {
        return this instanceof Primitive primitive && primitive.width() > 0;
    }
}
