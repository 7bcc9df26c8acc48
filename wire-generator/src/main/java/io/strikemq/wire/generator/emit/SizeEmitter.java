package io.strikemq.wire.generator.emit;

import io.strikemq.wire.generator.model.FieldSpec;
import io.strikemq.wire.generator.model.FieldType;
import io.strikemq.wire.generator.model.FieldType.Primitive;

/** Emits {@code size}: the number of bytes that {@code write} would write, found without writing. */
final class SizeEmitter {
    private SizeEmitter() {}

    static void emit(JavaText out, StructScope scope) {
        out.line("@Override");
        out.open("public int size(short version)");
        if (scope.root()) {
            MessageEmitter.versionCheck(out, scope.message());
        }
        out.line("int size = " + constant(scope) + ";");
        for (FieldSpec field : scope.fields()) {
            inLine(out, scope, field);
        }
        tagSection(out, scope);
        out.line("return size;");
        out.close().blank();
        for (FieldSpec field : scope.tagged()) {
            taggedSize(out, scope, field);
        }
    }

    /** The widths of all fields that every version has and whose values do not matter. */
    private static int constant(StructScope scope) {
        return scope.fields().stream()
                .filter(field -> always(scope, field))
                .mapToInt(field -> ((Primitive) field.type()).width())
                .sum();
    }

    private static boolean always(StructScope scope, FieldSpec field) {
        return field.type().fixedWidth() && scope.when(field.inLine()).always();
    }

    private static void inLine(JavaText out, StructScope scope, FieldSpec field) {
        Condition present = scope.when(field.inLine());
        if (present.never() || always(scope, field)) {
            return;
        }
        if (present.always()) {
            value(out, scope, field);
        } else {
            out.open("if (" + present.expression() + ")");
            value(out, scope, field);
            out.close();
        }
    }

    private static void value(JavaText out, StructScope scope, FieldSpec field) {
        String name = Names.member(field);
        if (field.type() instanceof FieldType.Struct) {
            struct(out, scope.nullable(field), name);
        } else if (field.type() instanceof FieldType.Array array) {
            array(out, scope, field, array.element());
        } else if (field.type().fixedWidth()) {
            out.line("size += " + ((Primitive) field.type()).width() + ";");
        } else {
            String method = JavaTypes.method(field.type()) + "(" + name + ")";
            out.line("size += " + scope.compact(field).choose("WireSize.ofCompact" + method, "WireSize.of" + method)
                    + ";");
        }
    }

    private static void struct(JavaText out, Condition nullable, String name) {
        if (nullable.never()) {
            out.line("size += " + name + ".size(version);");
            return;
        }
        if (nullable.always()) {
            out.line("size++;");
        } else {
            out.open("if (" + nullable.expression() + ")").line("size++;").close();
        }
        out.open("if (" + name + " != null)")
                .line("size += " + name + ".size(version);")
                .close();
    }

    private static void array(JavaText out, StructScope scope, FieldSpec field, FieldType element) {
        String name = Names.member(field);
        if (element == Primitive.STRING) {
            out.line("size += "
                    + scope.compact(field)
                            .choose("WireSize.ofCompactStringList(" + name + ")", "WireSize.ofStringList(" + name + ")")
                    + ";");
            return;
        }
        out.line("size += " + scope.compact(field).choose("WireSize.ofCompactArrayLength(" + name + ")", "4") + ";");
        if (element instanceof FieldType.Struct) {
            WriteEmitter.loop(out, name, field.everNull(), "size += " + name + ".get(i).size(version);");
        } else {
            int width = ((Primitive) element).width();
            String count = field.everNull() ? "WireSize.count(" + name + ")" : name + ".size()";
            out.line("size += " + (width == 1 ? count : width + " * " + count) + ";");
        }
    }

    private static void tagSection(JavaText out, StructScope scope) {
        Condition flexible = scope.flexible();
        if (flexible.never()) {
            return;
        }
        if (!flexible.always()) {
            out.open("if (" + flexible.expression() + ")");
        }
        if (scope.tagged().isEmpty()) {
            out.line("size += WireSize.ofTaggedFields(unknownTaggedFields);");
        } else {
            out.line("int tags = unknownTaggedFields.size();");
            for (FieldSpec field : scope.tagged()) {
                out.open("if (" + WriteEmitter.has(field) + ")").line("tags++;");
                out.line("size += WireSize.ofTaggedField(" + field.tag() + ", " + Names.prefixed("sizeOf", field)
                        + "(version));");
                out.close();
            }
            out.line("size += WireSize.ofUnsignedVarint(tags) + WireSize.ofEachTaggedField(unknownTaggedFields);");
        }
        if (!flexible.always()) {
            out.close();
        }
    }

    private static void taggedSize(JavaText out, StructScope scope, FieldSpec field) {
        out.open("private int " + Names.prefixed("sizeOf", field) + "(short version)");
        out.line("int size = 0;");
        value(out, scope, field);
        out.line("return size;").close().blank();
    }
}
