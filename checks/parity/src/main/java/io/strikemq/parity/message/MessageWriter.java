package io.strikemq.parity.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.strikemq.wire.generator.model.FieldSpec;
import io.strikemq.wire.generator.model.FieldType;
import io.strikemq.wire.generator.model.FieldType.Primitive;
import io.strikemq.wire.generator.model.MessageSpec;
import io.strikemq.wire.generator.model.StructSpec;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;

/** JSON to bytes, as a definition says. Null is written wherever a case asks for it, allowed or not. */
final class MessageWriter {
    private final Messages messages;

    MessageWriter(Messages messages) {
        this.messages = messages;
    }

    ByteBuffer write(MessageSpec spec, int version, JsonNode value) {
        Output out = new Output();
        new Writing(spec, version, out).struct(spec.root(), value);
        return out.bytes();
    }

    private final class Writing {
        private final MessageSpec spec;
        private final int version;
        private final Output out;

        Writing(MessageSpec spec, int version, Output out) {
            this.spec = spec;
            this.version = version;
            this.out = out;
        }

        private boolean flexible(FieldSpec field) {
            return spec.flexible().contains(version) && field.flexible().contains(version);
        }

        void struct(StructSpec struct, JsonNode value) {
            refuseUnknown(struct, value);
            TreeMap<Integer, ByteBuffer> tagged = new TreeMap<>();
            for (FieldSpec field : struct.fields()) {
                JsonNode given = value.path(field.name());
                if (!field.versions().contains(version)) {
                    continue;
                }
                if (field.tagged().contains(version)) {
                    if (!given.isMissingNode()) {
                        Output inner = new Output();
                        new Writing(spec, version, inner).value(field, field.type(), given);
                        tagged.put(field.tag(), inner.bytes());
                    }
                } else {
                    value(field, field.type(), given.isMissingNode() ? defaultOf(field) : given);
                }
            }
            if (spec.flexible().contains(version)) {
                out.unsignedVarint(tagged.size());
                tagged.forEach((tag, bytes) -> {
                    out.unsignedVarint(tag);
                    out.unsignedVarint(bytes.remaining());
                    out.raw(bytes);
                });
            }
        }

        private void refuseUnknown(StructSpec struct, JsonNode value) {
            for (Iterator<String> names = value.fieldNames(); names.hasNext(); ) {
                String name = names.next();
                if (struct.fields().stream().noneMatch(field -> field.name().equals(name))) {
                    throw new IllegalArgumentException(struct.name() + " has no field " + name);
                }
            }
        }

        private void value(FieldSpec field, FieldType type, JsonNode value) {
            if (type instanceof FieldType.Array array) {
                array(field, array, value);
            } else if (type instanceof FieldType.Struct struct) {
                nullableStruct(field, struct, value);
            } else {
                primitive(field, (Primitive) type, value);
            }
        }

        private void array(FieldSpec field, FieldType.Array array, JsonNode value) {
            out.length(value.isNull() ? -1 : value.size(), flexible(field), 4);
            for (JsonNode element : value) {
                if (array.element() instanceof FieldType.Struct struct) {
                    struct(spec.structs().get(struct.name()), element);
                } else {
                    value(field, array.element(), element);
                }
            }
        }

        private void nullableStruct(FieldSpec field, FieldType.Struct struct, JsonNode value) {
            if (field.nullable().contains(version)) {
                out.int8(value.isNull() ? -1 : 1);
            }
            if (!value.isNull()) {
                struct(spec.structs().get(struct.name()), value);
            }
        }

        private void primitive(FieldSpec field, Primitive type, JsonNode value) {
            switch (type) {
                case BOOL -> out.int8(value.asBoolean() ? 1 : 0);
                case INT8 -> out.int8(value.asInt());
                case INT16, UINT16 -> out.int16(value.asInt());
                case INT32 -> out.int32(value.asInt());
                case INT64 -> out.int64(value.asLong());
                case FLOAT64 -> out.int64(Double.doubleToRawLongBits(value.asDouble()));
                case UUID -> uuid(value);
                case STRING -> sized(Values.text(value), flexible(field), 2);
                case BYTES -> sized(Values.bytes(messages, value), flexible(field), 4);
                case RECORDS -> sized(Values.records(value), flexible(field), 4);
            }
        }

        private void uuid(JsonNode value) {
            Uuid uuid = value.isTextual() ? Uuid.fromString(value.textValue()) : Uuid.ZERO_UUID;
            out.int64(uuid.getMostSignificantBits());
            out.int64(uuid.getLeastSignificantBits());
        }

        private void sized(ByteBuffer bytes, boolean compact, int width) {
            out.length(bytes == null ? -1 : bytes.remaining(), compact, width);
            if (bytes != null) {
                out.raw(bytes);
            }
        }

        private JsonNode defaultOf(FieldSpec field) {
            if (field.nullByDefault()) {
                return NullNode.getInstance();
            }
            String text = field.defaultText();
            return text == null || text.isEmpty() ? MissingNode.getInstance() : Values.parsed(field.type(), text);
        }
    }
}
