package io.strikemq.wire.generator.emit;

import io.strikemq.wire.generator.model.FieldSpec;
import java.util.List;

/** Emits {@code select}: shows what a request names, row by row, and keeps the rows that are wanted. */
final class RequestRowsEmitter {
    private RequestRowsEmitter() {}

    static void emit(JavaText out, StructScope scope) {
        List<FieldSpec> own = NamedRows.own(scope);
        List<FieldSpec> plain = NamedRows.plainRows(scope);
        List<FieldSpec> structs = NamedRows.structRows(scope);
        if (own.isEmpty() && plain.isEmpty() && structs.isEmpty()) {
            if (scope.root()) {
                head(out, scope);
                out.line("return this;").close().blank();
            }
            return;
        }
        head(out, scope);
        own.forEach(field -> out.line("rows." + NamedRows.method(field) + "(" + Names.member(field) + ");"));
        if (plain.isEmpty() && structs.isEmpty()) {
            out.line("return this;").close().blank();
            return;
        }
        out.line("return toBuilder()");
        for (FieldSpec field : plain) {
            keep(out, field, "RowVisitor::" + NamedRows.method(field));
        }
        for (FieldSpec field : structs) {
            keep(out, field, field.structName() + "::select");
        }
        out.line("        .build();").close().blank();
    }

    private static void head(JavaText out, StructScope scope) {
        if (scope.root()) {
            out.line("@Override");
        }
        out.open("public " + scope.struct().name() + " select(RowVisitor rows)");
    }

    private static void keep(JavaText out, FieldSpec field, String show) {
        String method = show.startsWith("RowVisitor") ? "keepNames" : "keep";
        out.line("        ." + field.name() + "(Rows." + method + "(" + Names.member(field) + ", rows, " + show + "))");
    }
}
