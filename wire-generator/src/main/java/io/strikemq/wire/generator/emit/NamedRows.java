package io.strikemq.wire.generator.emit;

import io.strikemq.wire.generator.model.FieldSpec;
import io.strikemq.wire.generator.model.FieldType;
import io.strikemq.wire.generator.model.FieldType.Primitive;
import io.strikemq.wire.generator.model.MessageSpec;
import io.strikemq.wire.generator.model.StructSpec;
import java.util.List;
import java.util.Set;

/**
 * Which fields of a message name something that a request is about. Kafka's definitions say it of topic names, groups
 * and transactional ids; topic ids and partitions are known by how Kafka calls them.
 */
final class NamedRows {
    private static final Set<String> PARTITION =
            Set.of("partition", "partitionIndex", "partitionId", "index", "partitions", "partitionIndexes");

    private NamedRows() {}

    /** The visitor's method for what this field names, or null when it names nothing. */
    static String method(FieldSpec field) {
        FieldType type = inner(field);
        if (type == Primitive.UUID && field.name().equals("topicId")) {
            return "topicId";
        }
        if (type == Primitive.INT32 && PARTITION.contains(field.name())) {
            return "partition";
        }
        if (type != Primitive.STRING || field.entity() == null) {
            return null;
        }
        return switch (field.entity()) {
            case "topicName" -> "topic";
            case "groupId" -> "group";
            case "transactionalId" -> "transactionalId";
            default -> null;
        };
    }

    static boolean isArray(FieldSpec field) {
        return field.type() instanceof FieldType.Array;
    }

    private static FieldType inner(FieldSpec field) {
        return field.type() instanceof FieldType.Array array ? array.element() : field.type();
    }

    /** The fields that name what this structure itself is about. */
    static List<FieldSpec> own(StructScope scope) {
        return scope.fields().stream()
                .filter(field -> !isArray(field) && method(field) != null)
                .toList();
    }

    /** Arrays of names: each element is a row. */
    static List<FieldSpec> plainRows(StructScope scope) {
        return scope.fields().stream()
                .filter(field -> isArray(field) && method(field) != null)
                .toList();
    }

    /** Arrays of structures that name something, themselves or deeper down. */
    static List<FieldSpec> structRows(StructScope scope) {
        return scope.fields().stream()
                .filter(field -> isArray(field) && field.structName() != null)
                .filter(field -> namesSomething(scope.message(), struct(scope, field)))
                .toList();
    }

    static StructSpec struct(StructScope scope, FieldSpec field) {
        return scope.message().structs().get(field.structName());
    }

    static boolean namesSomething(MessageSpec message, StructSpec struct) {
        return struct.fields().stream()
                .anyMatch(field -> method(field) != null
                        || isArray(field)
                                && field.structName() != null
                                && namesSomething(message, message.structs().get(field.structName())));
    }
}
