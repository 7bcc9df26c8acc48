package io.strikemq.wire.generator.model;

import java.util.List;

/** A structure: a name and its fields in the order of the wire. */
public record StructSpec(String name, String about, List<FieldSpec> fields) {
    public StructSpec {
        fields = List.copyOf(fields);
    }

    /** The fields that are tagged in some version, by tag. */
    public List<FieldSpec> taggedFields() {
        return fields.stream()
                .filter(field -> !field.tagged().isEmpty())
                .sorted((a, b) -> Integer.compare(a.tag(), b.tag()))
                .toList();
    }

    public StructSpec within(VersionSet some) {
        return new StructSpec(
                name,
                about,
                fields.stream()
                        .map(field -> field.within(some))
                        .filter(field -> !field.versions().isEmpty())
                        .toList());
    }
}
