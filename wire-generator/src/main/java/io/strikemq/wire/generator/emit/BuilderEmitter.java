package io.strikemq.wire.generator.emit;

import io.strikemq.wire.generator.model.FieldSpec;
import java.util.stream.Collectors;

/** Emits the nested {@code Builder}, which begins with every field's default. */
final class BuilderEmitter {
    private BuilderEmitter() {}

    static void entryPoints(JavaText out, StructScope scope) {
        out.javadoc("A builder in which every field has its default.");
        out.open("public static Builder builder()")
                .line("return new Builder();")
                .close()
                .blank();
        out.javadoc("A builder that begins with these values.");
        out.open("public Builder toBuilder()").line("Builder builder = new Builder();");
        for (FieldSpec field : scope.fields()) {
            out.line("builder." + field.name() + " = this." + field.name() + ";");
        }
        out.line("builder.unknownTaggedFields = this.unknownTaggedFields;")
                .line("return builder;")
                .close()
                .blank();
    }

    static void type(JavaText out, StructScope scope) {
        String built = scope.struct().name();
        out.javadoc("Builds a {@link " + built + "}; not safe for use by several threads.");
        out.open("public static final class Builder").blank();
        for (FieldSpec field : scope.fields()) {
            out.line("private " + JavaTypes.of(field.type()) + " " + field.name() + " = " + JavaTypes.defaultOf(field)
                    + ";");
        }
        out.line("private List<TaggedField> unknownTaggedFields = List.of();").blank();
        out.open("private Builder()").close().blank();
        for (FieldSpec field : scope.fields()) {
            setter(out, JavaTypes.of(field.type()), field.name());
        }
        setter(out, "List<TaggedField>", "unknownTaggedFields");
        String arguments =
                scope.fields().stream().map(field -> field.name() + ", ").collect(Collectors.joining());
        out.open("public " + built + " build()");
        out.line("return new " + built + "(" + arguments + "unknownTaggedFields);");
        out.close().close();
    }

    private static void setter(JavaText out, String type, String name) {
        out.open("public Builder " + name + "(" + type + " " + name + ")");
        out.line("this." + name + " = " + name + ";")
                .line("return this;")
                .close()
                .blank();
    }
}
