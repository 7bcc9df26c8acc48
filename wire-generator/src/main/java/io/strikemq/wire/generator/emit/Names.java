package io.strikemq.wire.generator.emit;

import io.strikemq.wire.generator.model.FieldSpec;
import java.util.Locale;
import java.util.Set;

/** The names of things in generated sources. */
final class Names {
    /** Parameters and local variables of generated methods, which a field may not hide. */
    private static final Set<String> TAKEN =
            Set.of("in", "out", "version", "size", "count", "items", "tag", "tags", "end", "i", "unknownTaggedFields");

    private Names() {}

    /** The field as a member, seen from an instance method. */
    static String member(FieldSpec field) {
        return TAKEN.contains(field.name()) ? "this." + field.name() : field.name();
    }

    /** The field as a local variable of {@code read}. */
    static String local(FieldSpec field) {
        return TAKEN.contains(field.name()) ? field.name() + "Field" : field.name();
    }

    /** A name such as {@code readTopics} or {@code hasClusterId}. */
    static String prefixed(String prefix, FieldSpec field) {
        return prefix
                + Character.toUpperCase(field.name().charAt(0))
                + field.name().substring(1);
    }

    /** {@code ListOffsets} becomes {@code LIST_OFFSETS}. */
    static String constant(String camelCase) {
        return camelCase.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }
}
