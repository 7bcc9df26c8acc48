package io.strikemq.wire.generator.emit;

import io.strikemq.wire.generator.model.FieldSpec;
import io.strikemq.wire.generator.model.FieldType;
import io.strikemq.wire.generator.model.FieldType.Primitive;

/** How the wire's types and defaults are spelled in Java. */
final class JavaTypes {
    private JavaTypes() {}

    static String of(FieldType type) {
        if (type instanceof FieldType.Array array) {
            return "List<" + boxed(array.element()) + ">";
        }
        if (type instanceof FieldType.Struct struct) {
            return struct.name();
        }
        return switch ((Primitive) type) {
            case BOOL -> "boolean";
            case INT8 -> "byte";
            case INT16 -> "short";
            case UINT16, INT32 -> "int";
            case INT64 -> "long";
            case FLOAT64 -> "double";
            case UUID -> "UUID";
            case STRING -> "String";
            case BYTES -> "ByteBuffer";
            case RECORDS -> "List<ByteBuffer>";
        };
    }

    private static String boxed(FieldType type) {
        String plain = of(type);
        return switch (plain) {
            case "boolean" -> "Boolean";
            case "byte" -> "Byte";
            case "short" -> "Short";
            case "int" -> "Integer";
            case "long" -> "Long";
            case "double" -> "Double";
            default -> plain;
        };
    }

    static boolean primitive(FieldType type) {
        return type instanceof Primitive primitive && primitive.width() > 0 && primitive != Primitive.UUID;
    }

    /** Lists are copied on construction; records are a list of buffers. */
    static boolean list(FieldType type) {
        return type instanceof FieldType.Array || type == Primitive.RECORDS;
    }

    /** The middle of the names of the run-time methods for this type: {@code readShort}, {@code writeShort}. */
    static String method(FieldType type) {
        if (type instanceof FieldType.Array array) {
            return method(array.element()) + "List";
        }
        return switch ((Primitive) type) {
            case BOOL -> "Boolean";
            case INT8 -> "Byte";
            case INT16 -> "Short";
            case UINT16 -> "UnsignedShort";
            case INT32 -> "Int";
            case INT64 -> "Long";
            case FLOAT64 -> "Double";
            case UUID -> "Uuid";
            case STRING -> "String";
            case BYTES -> "Bytes";
            case RECORDS -> "Records";
        };
    }

    /** The default of a field as an expression. */
    static String defaultOf(FieldSpec field) {
        if (field.nullByDefault() || field.type() == Primitive.RECORDS) {
            return "null";
        }
        if (field.type() instanceof FieldType.Array) {
            return "List.of()";
        }
        if (field.type() instanceof FieldType.Struct struct) {
            return struct.name() + ".DEFAULT";
        }
        String text = field.defaultText();
        boolean none = text == null || text.isEmpty();
        return switch ((Primitive) field.type()) {
            case BOOL -> String.valueOf(Boolean.parseBoolean(text));
            case INT8, INT16, UINT16, INT32 -> none ? "0" : String.valueOf(Long.decode(text));
            case INT64 -> none ? "0L" : Long.decode(text) + "L";
            case FLOAT64 -> none ? "0.0" : String.valueOf(Double.parseDouble(text));
            case UUID -> "WireDefaults.ZERO_UUID";
            case STRING -> none ? "\"\"" : '"' + text + '"';
            case BYTES -> "WireDefaults.NO_BYTES";
            case RECORDS -> "null";
        };
    }

    /** A test that the field's value is not its default. */
    static String differs(FieldSpec field) {
        String name = Names.member(field);
        if (field.nullByDefault() || field.type() == Primitive.RECORDS) {
            return name + " != null";
        }
        if (primitive(field.type())) {
            if (field.type() == Primitive.BOOL) {
                return defaultOf(field).equals("true") ? "!" + name : name;
            }
            return name + " != " + defaultOf(field);
        }
        String differs;
        if (field.type() instanceof FieldType.Array) {
            differs = "!" + name + ".isEmpty()";
        } else if (field.type() == Primitive.BYTES) {
            differs = name + ".hasRemaining()";
        } else if (field.type() == Primitive.STRING && defaultOf(field).equals("\"\"")) {
            differs = "!" + name + ".isEmpty()";
        } else {
            return "!" + defaultOf(field) + ".equals(" + name + ")";
        }
        return field.everNull() ? "(" + name + " == null || " + differs + ")" : differs;
    }
}
