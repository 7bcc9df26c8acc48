package io.strikemq.wire.generator.emit;

import io.strikemq.wire.generator.model.FieldSpec;
import io.strikemq.wire.generator.model.FieldType;
import io.strikemq.wire.generator.model.VersionSet;
import java.util.List;

/** Emits {@code write}, which refuses what the version cannot express. */
final class WriteEmitter {
    private WriteEmitter() {}

    static void emit(JavaText out, StructScope scope) {
        out.line("@Override");
        out.open("public void write(WireWriter out, short version)");
        if (scope.root()) {
            MessageEmitter.versionCheck(out, scope.message());
        }
        for (FieldSpec field : scope.fields()) {
            inLine(out, scope, field);
        }
        tagSection(out, scope);
        out.close().blank();
        for (FieldSpec field : scope.tagged()) {
            presenceMethod(out, scope, field);
        }
    }

    private static void inLine(JavaText out, StructScope scope, FieldSpec field) {
        Condition present = scope.when(field.inLine());
        if (present.always()) {
            value(out, scope, field, Place.IN_LINE);
            return;
        }
        if (!present.never()) {
            out.open("if (" + present.expression() + ")");
            value(out, scope, field, Place.IN_LINE);
        }
        VersionSet lacking = scope.possible().minus(field.versions());
        if (field.ignorable() || lacking.isEmpty()) {
            if (!present.never()) {
                out.close();
            }
            return;
        }
        boolean complementary = field.tagged().isEmpty();
        String refuse = complementary && !present.never()
                ? JavaTypes.differs(field)
                : scope.when(lacking).and(JavaTypes.differs(field));
        if (present.never()) {
            out.open("if (" + refuse + ")");
        } else {
            out.reopen("else if (" + refuse + ")");
        }
        out.line(refusal(scope, field, "field")).close();
    }

    private static String refusal(StructScope scope, FieldSpec field, String method) {
        return "throw UnsupportedVersionException." + method + "(\""
                + scope.struct().name() + "." + field.name() + "\", version);";
    }

    private static void value(JavaText out, StructScope scope, FieldSpec field, Place place) {
        String name = Names.member(field);
        Condition nullable = scope.nullable(field);
        boolean everNull = field.everNull() && !field.type().fixedWidth();
        Condition required = scope.required(field);
        if (everNull && !required.never()) {
            out.open("if (" + required.and(name + " == null") + ")")
                    .line(refusal(scope, field, "nullValue"))
                    .close();
        }
        if (field.type() instanceof FieldType.Struct) {
            struct(out, nullable, name, place);
        } else if (field.type().fixedWidth()) {
            out.line("out.write" + JavaTypes.method(field.type()) + "(" + name + ");");
        } else if (field.structName() != null) {
            either(
                    out,
                    scope.compact(field),
                    "out.writeCompactArrayLength(" + name + ");",
                    "out.writeArrayLength(" + name + ");");
            loop(out, name, everNull, name + ".get(i).write(out, version);");
        } else {
            String method = JavaTypes.method(field.type()) + "(" + name + ");";
            either(out, scope.compact(field), "out.writeCompact" + method, "out.write" + method);
        }
    }

    private static void struct(JavaText out, Condition nullable, String name, Place place) {
        if (nullable.never()) {
            out.line(name + ".write(out, version);");
            return;
        }
        if (!nullable.always()) {
            out.open("if (" + nullable.expression() + ")");
        }
        out.line(place.writesMark(name));
        if (!nullable.always()) {
            out.close();
        }
        out.open("if (" + name + " != null)")
                .line(name + ".write(out, version);")
                .close();
    }

    static void loop(JavaText out, String name, boolean everNull, String body) {
        String size = everNull ? "WireSize.count(" + name + ")" : name + ".size()";
        out.open("for (int i = 0, count = " + size + "; i < count; i++)")
                .line(body)
                .close();
    }

    static void either(JavaText out, Condition condition, String then, String otherwise) {
        if (condition.always()) {
            out.line(then);
        } else if (condition.never()) {
            out.line(otherwise);
        } else {
            out.open("if (" + condition.expression() + ")").line(then);
            out.reopen("else").line(otherwise).close();
        }
    }

    private static void tagSection(JavaText out, StructScope scope) {
        Condition flexible = scope.flexible();
        String refuse = "throw UnsupportedVersionException.taggedFields(\""
                + scope.struct().name() + "\", version);";
        if (flexible.never()) {
            out.open("if (!unknownTaggedFields.isEmpty())").line(refuse).close();
            return;
        }
        if (!flexible.always()) {
            out.open("if (" + flexible.expression() + ")");
        }
        if (scope.tagged().isEmpty()) {
            out.line("out.writeTaggedFields(unknownTaggedFields);");
        } else {
            knownTags(out, scope, scope.tagged());
        }
        if (!flexible.always()) {
            out.reopen("else if (!unknownTaggedFields.isEmpty())").line(refuse).close();
        }
    }

    private static void knownTags(JavaText out, StructScope scope, List<FieldSpec> tagged) {
        out.line("int tags = unknownTaggedFields.size();");
        for (FieldSpec field : tagged) {
            out.open("if (" + has(field) + ")").line("tags++;").close();
        }
        out.line("out.writeUnsignedVarint(tags);");
        for (FieldSpec field : tagged) {
            out.open("if (" + has(field) + ")").line("out.writeUnsignedVarint(" + field.tag() + ");");
            out.line("out.writeUnsignedVarint(" + Names.prefixed("sizeOf", field) + "(version));");
            value(out, scope, field, Place.TAGGED);
            out.close();
        }
        out.line("out.writeEachTaggedField(unknownTaggedFields);");
    }

    static String has(FieldSpec field) {
        return Names.prefixed("has", field) + "(version)";
    }

    private static void presenceMethod(JavaText out, StructScope scope, FieldSpec field) {
        out.open("private boolean " + Names.prefixed("has", field) + "(short version)");
        out.line("return " + scope.when(field.tagged()).and(JavaTypes.differs(field)) + ";");
        out.close().blank();
    }
}
