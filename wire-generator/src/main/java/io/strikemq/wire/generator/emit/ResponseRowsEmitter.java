package io.strikemq.wire.generator.emit;

import io.strikemq.wire.generator.model.FieldSpec;
import io.strikemq.wire.generator.model.FieldType;
import io.strikemq.wire.generator.model.FieldType.Primitive;
import io.strikemq.wire.generator.model.MessageSpec;
import io.strikemq.wire.generator.model.StructSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Emits what is done with the rows of a response: {@code errors} shows the error codes, {@code join} puts rows of another
 * response in the place of its own, and {@code throttled} says how long the client shall wait.
 */
final class ResponseRowsEmitter {
    private static final Set<String> ERROR = Set.of("errorCode", "partitionErrorCode");

    private ResponseRowsEmitter() {}

    static void emit(JavaText out, StructScope scope) {
        errors(out, scope);
        join(out, scope);
        throttled(out, scope);
    }

    private static void errors(JavaText out, StructScope scope) {
        if (!scope.root() && !hasErrors(scope.message(), scope.struct())) {
            return;
        }
        head(out, scope, "void", "errors(ErrorVisitor rows)");
        NamedRows.own(scope)
                .forEach(field -> out.line("rows." + NamedRows.method(field) + "(" + Names.member(field) + ");"));
        error(scope.struct())
                .ifPresent(
                        field -> out.line("rows.error(" + Names.member(field) + ", " + message(scope.struct()) + ");"));
        for (FieldSpec field : scope.fields()) {
            if (NamedRows.isArray(field)
                    && field.structName() != null
                    && hasErrors(scope.message(), NamedRows.struct(scope, field))) {
                out.line("Rows.show(" + Names.member(field) + ", rows, " + field.structName() + "::errors);");
            }
        }
        out.close().blank();
    }

    private static boolean hasErrors(MessageSpec message, StructSpec struct) {
        return error(struct).isPresent()
                || struct.fields().stream()
                        .anyMatch(field -> NamedRows.isArray(field)
                                && field.structName() != null
                                && hasErrors(message, message.structs().get(field.structName())));
    }

    private static Optional<FieldSpec> error(StructSpec struct) {
        return struct.fields().stream()
                .filter(field -> field.type() == Primitive.INT16 && ERROR.contains(field.name()))
                .findFirst();
    }

    private static String message(StructSpec struct) {
        return struct.fields().stream()
                .filter(field ->
                        field.type() == Primitive.STRING && field.name().equals("errorMessage"))
                .map(Names::member)
                .findFirst()
                .orElse("null");
    }

    private static void join(JavaText out, StructScope scope) {
        String type = scope.struct().name();
        List<FieldSpec> rows = NamedRows.structRows(scope).stream()
                .filter(field -> hasErrors(scope.message(), NamedRows.struct(scope, field)))
                .toList();
        if (scope.root()) {
            head(out, scope, type, "join(ResponseMessage other)");
            if (rows.isEmpty()) {
                out.line("return this;").close().blank();
                return;
            }
            out.line(type + " joined = (" + type + ") other;");
            joined(out, rows);
            return;
        }
        if (!hasErrors(scope.message(), scope.struct()) || !NamedRows.namesSomething(scope.message(), scope.struct())) {
            return;
        }
        List<FieldSpec> own = NamedRows.own(scope);
        out.open("boolean isRowOf(" + type + " other)");
        out.line("return "
                + (own.isEmpty()
                        ? "false"
                        : own.stream().map(ResponseRowsEmitter::same).collect(Collectors.joining(" && ")))
                + ";");
        out.close().blank();
        out.open(type + " join(" + type + " joined)");
        if (rows.isEmpty()) {
            out.line("return joined;").close().blank();
            return;
        }
        error(scope.struct())
                .ifPresent(field -> out.open("if (joined." + field.name() + " != 0)")
                        .line("return joined;")
                        .close());
        joined(out, rows);
    }

    private static void joined(JavaText out, List<FieldSpec> rows) {
        out.line("return toBuilder()");
        for (FieldSpec field : rows) {
            String row = field.structName();
            out.line("        ." + field.name() + "(Rows.join(" + Names.member(field) + ", joined." + field.name()
                    + ", " + row + "::isRowOf, " + row + "::join))");
        }
        out.line("        .build();").close().blank();
    }

    private static String same(FieldSpec field) {
        return JavaTypes.primitive(field.type())
                ? Names.member(field) + " == other." + field.name()
                : "Objects.equals(" + Names.member(field) + ", other." + field.name() + ")";
    }

    private static void throttled(JavaText out, StructScope scope) {
        if (!scope.root()) {
            return;
        }
        Optional<FieldSpec> time = scope.fields().stream()
                .filter(field -> field.name().equals("throttleTimeMs") && !(field.type() instanceof FieldType.Array))
                .findFirst();
        if (time.isEmpty()) {
            return;
        }
        head(out, scope, "boolean", "carriesThrottleTime(short version)");
        out.line("return " + scope.when(time.get().versions()).expression() + ";")
                .close()
                .blank();
        head(out, scope, scope.struct().name(), "throttled(int millis)");
        out.line("return toBuilder().throttleTimeMs(millis).build();").close().blank();
    }

    private static void head(JavaText out, StructScope scope, String type, String signature) {
        if (scope.root()) {
            out.line("@Override");
        }
        out.open((scope.root() ? "public " : "") + type + " " + signature);
    }
}
