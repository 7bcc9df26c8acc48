package io.strikemq.wire.generator.emit;

import io.strikemq.wire.generator.model.FieldSpec;
import java.util.ArrayList;
import java.util.List;

/** Emits a record's head: Javadoc, components, and the constructor that keeps it immutable. */
final class RecordEmitter {
    private RecordEmitter() {}

    static void open(JavaText out, StructScope scope, String about, String implemented) {
        List<String> doc = new ArrayList<>();
        doc.add(about);
        doc.add("");
        for (FieldSpec field : scope.fields()) {
            doc.add("@param " + field.name() + " " + describe(scope, field));
        }
        doc.add("@param unknownTaggedFields tagged fields of the sender that no definition names");
        out.javadoc(doc.toArray(String[]::new));
        out.line("public record " + scope.struct().name() + "(");
        for (FieldSpec field : scope.fields()) {
            out.line("        " + JavaTypes.of(field.type()) + " " + field.name() + ",");
        }
        out.open("        List<TaggedField> unknownTaggedFields) implements " + implemented)
                .blank();
    }

    static void constructor(JavaText out, StructScope scope) {
        out.open("public " + scope.struct().name());
        for (FieldSpec field : scope.fields()) {
            String name = field.name();
            if (JavaTypes.list(field.type())) {
                boolean nullable =
                        field.everNull() || JavaTypes.defaultOf(field).equals("null");
                out.line(name + " = " + (nullable ? name + " == null ? null : " : "") + "List.copyOf(" + name + ");");
            } else if (!JavaTypes.primitive(field.type()) && !field.everNull()) {
                out.line("Objects.requireNonNull(" + name + ", \"" + name + "\");");
            }
        }
        out.line("unknownTaggedFields = List.copyOf(unknownTaggedFields);");
        out.close().blank();
    }

    private static String describe(StructScope scope, FieldSpec field) {
        String about = JavaText.escape(field.about());
        String text = about.isEmpty() ? "not described by Kafka" : about;
        Condition present = scope.when(field.versions());
        return present.always() ? text : text + " (" + versions(present) + ")";
    }

    private static String versions(Condition condition) {
        return condition
                .expression()
                .replace(">=", "&gt;=")
                .replace("<=", "&lt;=")
                .replace("&& version ", "and ")
                .replace("||", "or")
                .replace("==", "=");
    }
}
