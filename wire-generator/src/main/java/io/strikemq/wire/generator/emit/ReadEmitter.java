package io.strikemq.wire.generator.emit;

import io.strikemq.wire.generator.model.FieldSpec;
import io.strikemq.wire.generator.model.FieldType;
import io.strikemq.wire.generator.model.FieldType.Primitive;
import io.strikemq.wire.generator.model.VersionSet;
import java.util.List;
import java.util.stream.Collectors;

/** Emits {@code read}, and one method for each array of structures. */
final class ReadEmitter {
    private ReadEmitter() {}

    static void emit(JavaText out, StructScope scope, MinimumSize minimum) {
        String name = scope.struct().name();
        out.javadoc("Reads one from the wire. Fields that the version lacks get their defaults.");
        out.open("public static " + name + " read(WireReader in, short version)");
        if (scope.root()) {
            MessageEmitter.versionCheck(out, scope.message());
        }
        for (FieldSpec field : scope.fields()) {
            out.line(JavaTypes.of(field.type()) + " " + Names.local(field) + " = " + initial(scope, field) + ";");
        }
        taggedFields(out, scope);
        String arguments =
                scope.fields().stream().map(field -> Names.local(field) + ", ").collect(Collectors.joining());
        out.line("return new " + name + "(" + arguments + "unknownTaggedFields);");
        out.close().blank();
        for (FieldSpec field : scope.fields()) {
            if (structArray(field)) {
                arrayMethod(out, scope, field, minimum);
            }
        }
    }

    /** The value of an in-line field; a tagged one begins with its default. */
    private static String initial(StructScope scope, FieldSpec field) {
        String read = checked(scope, field, Place.IN_LINE);
        if (scope.when(field.inLine()).always()) {
            return read.startsWith("(") ? read.substring(1, read.length() - 1) : read;
        }
        return scope.when(field.inLine()).choose(read, JavaTypes.defaultOf(field));
    }

    /** An expression that reads the field and refuses null where the version does. */
    private static String checked(StructScope scope, FieldSpec field, Place place) {
        Condition nullable = scope.nullable(field);
        if (field.type() instanceof FieldType.Struct struct) {
            String read = struct.name() + ".read(in, version)";
            return parenthesised(nullable.choose("(" + place.readsNull() + " ? null : " + read + ")", read));
        }
        String read = readAny(scope, field);
        if (field.type().fixedWidth()) {
            return read;
        }
        String present = "in.present(" + read + ", \"" + field.name() + "\")";
        return parenthesised(nullable.choose(parenthesised(read), present));
    }

    private static String readAny(StructScope scope, FieldSpec field) {
        if (field.type().fixedWidth()) {
            return "in.read" + JavaTypes.method(field.type()) + "()";
        }
        if (structArray(field)) {
            return Names.prefixed("read", field) + "(in, version)";
        }
        if (field.type() instanceof FieldType.Array array && array.element() != Primitive.STRING) {
            String length = arrayLength(scope, field, width(array.element()));
            return "in.read" + JavaTypes.method(field.type()) + "(" + length + ")";
        }
        String method = JavaTypes.method(field.type());
        return scope.compact(field).choose("in.readCompact" + method + "()", "in.read" + method + "()");
    }

    private static int width(FieldType element) {
        return ((Primitive) element).width();
    }

    private static String arrayLength(StructScope scope, FieldSpec field, int elementSize) {
        return scope.compact(field)
                .choose("in.readCompactArrayLength(" + elementSize + ")", "in.readArrayLength(" + elementSize + ")");
    }

    private static boolean structArray(FieldSpec field) {
        return field.type() instanceof FieldType.Array array && array.element() instanceof FieldType.Struct;
    }

    private static void arrayMethod(JavaText out, StructScope scope, FieldSpec field, MinimumSize minimum) {
        String element = field.structName();
        out.open("private static List<" + element + "> " + Names.prefixed("read", field)
                + "(WireReader in, short version)");
        int size = minimum.of(element, field.versions().and(scope.possible()));
        out.line("int count = " + arrayLength(scope, field, size) + ";");
        out.open("if (count < 0)").line("return null;").close();
        out.line(element + "[] items = new " + element + "[count];");
        out.open("for (int i = 0; i < count; i++)")
                .line("items[i] = " + element + ".read(in, version);")
                .close();
        out.line("return List.of(items);");
        out.close().blank();
    }

    private static void taggedFields(JavaText out, StructScope scope) {
        Condition flexible = scope.flexible();
        List<FieldSpec> tagged = scope.tagged();
        if (tagged.isEmpty() || flexible.never()) {
            out.line("List<TaggedField> unknownTaggedFields = " + flexible.choose("in.readTaggedFields()", "List.of()")
                    + ";");
            return;
        }
        out.line("List<TaggedField> unknownTaggedFields = List.of();");
        out.line("int tags = " + flexible.choose("in.readTaggedFieldCount()", "0") + ";");
        out.open("for (int i = 0; i < tags; i++)");
        out.line("int tag = in.readUnsignedVarint();").line("int end = in.beginTaggedField();");
        out.open("switch (tag)");
        for (FieldSpec field : tagged) {
            String read = Names.local(field) + " = " + checked(scope, field, Place.TAGGED) + ";";
            Condition valid = Condition.in(field.tagged(), message(scope));
            if (valid.always()) {
                out.line("case " + field.tag() + " -> " + read);
            } else {
                out.open("case " + field.tag() + " ->");
                out.line("in.requireTag(" + valid.expression() + ", tag, version);")
                        .line(read)
                        .close();
            }
        }
        out.line("default -> unknownTaggedFields = in.appendTaggedField(unknownTaggedFields, tag, end);");
        out.close().line("in.endTaggedField(end);").close();
    }

    /** Inside the loop over tags, the version is known to be flexible. */
    private static VersionSet message(StructScope scope) {
        return scope.possible().and(scope.message().flexible());
    }

    private static String parenthesised(String expression) {
        return expression.contains(" ? ") && !(expression.startsWith("(") || expression.startsWith("in."))
                ? "(" + expression + ")"
                : expression;
    }
}
