package io.strikemq.parity.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strikemq.wire.generator.model.FieldSpec;
import io.strikemq.wire.generator.model.FieldType;
import io.strikemq.wire.generator.model.FieldType.Primitive;
import io.strikemq.wire.generator.model.MessageSpec;
import io.strikemq.wire.generator.model.StructSpec;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/** Bytes to JSON, as a definition says. A tagged field that was not sent is missing, so that its presence shows. */
final class MessageReader {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    JsonNode read(MessageSpec spec, int version, ByteBuffer bytes) {
        ObjectNode value = new Reading(spec, version, bytes).struct(spec.root());
        if (bytes.hasRemaining()) {
            throw new IllegalArgumentException(
                    bytes.remaining() + " bytes are left over behind " + spec.name() + " " + version);
        }
        return value;
    }

    private record Reading(MessageSpec spec, int version, ByteBuffer in) {
        private boolean flexible(FieldSpec field) {
            return spec.flexible().contains(version) && field.flexible().contains(version);
        }

        ObjectNode struct(StructSpec struct) {
            ObjectNode node = JSON.objectNode();
            for (FieldSpec field : struct.fields()) {
                if (field.inLine().contains(version)) {
                    node.set(field.name(), value(field, field.type()));
                }
            }
            if (spec.flexible().contains(version)) {
                taggedFields(struct, node);
            }
            return node;
        }

        private void taggedFields(StructSpec struct, ObjectNode node) {
            int count = unsignedVarint();
            for (int i = 0; i < count; i++) {
                int tag = unsignedVarint();
                ByteBuffer bytes = slice(unsignedVarint());
                Optional<FieldSpec> known = struct.fields().stream()
                        .filter(field -> field.tag() == tag && field.tagged().contains(version))
                        .findFirst();
                if (known.isPresent()) {
                    FieldSpec field = known.get();
                    node.set(field.name(), new Reading(spec, version, bytes).value(field, field.type()));
                } else {
                    node.set("unknownTag" + tag, Values.shown(bytes));
                }
            }
        }

        private JsonNode value(FieldSpec field, FieldType type) {
            if (type instanceof FieldType.Array array) {
                return array(field, array);
            }
            if (type instanceof FieldType.Struct struct) {
                boolean absent = field.nullable().contains(version) && in.get() < 0;
                return absent ? NullNode.getInstance() : struct(spec.structs().get(struct.name()));
            }
            return primitive(field, (Primitive) type);
        }

        private JsonNode array(FieldSpec field, FieldType.Array array) {
            int size = flexible(field) ? unsignedVarint() - 1 : in.getInt();
            if (size < 0) {
                return NullNode.getInstance();
            }
            ArrayNode node = JSON.arrayNode();
            for (int i = 0; i < size; i++) {
                node.add(
                        array.element() instanceof FieldType.Struct struct
                                ? struct(spec.structs().get(struct.name()))
                                : value(field, array.element()));
            }
            return node;
        }

        private JsonNode primitive(FieldSpec field, Primitive type) {
            return switch (type) {
                case BOOL -> JSON.booleanNode(in.get() != 0);
                case INT8 -> JSON.numberNode((int) in.get());
                case INT16 -> JSON.numberNode((int) in.getShort());
                case UINT16 -> JSON.numberNode(in.getShort() & 0xFFFF);
                case INT32 -> JSON.numberNode(in.getInt());
                case INT64 -> JSON.numberNode(in.getLong());
                case FLOAT64 -> JSON.numberNode(in.getDouble());
                case UUID -> JSON.textNode(new Uuid(in.getLong(), in.getLong()).toString());
                case STRING -> Values.shown(sized(field, 2));
                case BYTES -> Values.shown(sized(field, 4));
                case RECORDS -> Values.shownRecords(sized(field, 4));
            };
        }

        private ByteBuffer sized(FieldSpec field, int width) {
            int length = flexible(field) ? unsignedVarint() - 1 : width == 2 ? in.getShort() : in.getInt();
            return length < 0 ? null : slice(length);
        }

        private ByteBuffer slice(int length) {
            ByteBuffer slice = in.slice(in.position(), length);
            in.position(in.position() + length);
            return slice;
        }

        private int unsignedVarint() {
            int value = 0;
            for (int shift = 0; shift < 35; shift += 7) {
                int next = in.get();
                value |= (next & 0x7F) << shift;
                if (next >= 0) {
                    return value;
                }
            }
            throw new IllegalArgumentException("a varint of more than 5 bytes");
        }
    }
}
