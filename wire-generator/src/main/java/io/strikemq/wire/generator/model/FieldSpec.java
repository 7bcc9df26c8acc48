package io.strikemq.wire.generator.model;

/**
 * One field of a structure.
 *
 * @param name        Kafka's name, beginning with a small letter
 * @param versions    where the field exists
 * @param nullable    where it may be null
 * @param tag         its tag, or -1
 * @param tagged      where it is sent as a tagged field
 * @param flexible    where its own encoding is compact; {@link VersionSet#ALL} when the message decides
 * @param ignorable   whether it is dropped in silence when a version lacks it
 * @param defaultText the default as the definition spells it, or null for the one of the type
 * @param entity      what its value names, as the definition says it ({@code topicName}), or null
 * @param about       the definition's explanation, or an empty string
 */
public record FieldSpec(
        String name,
        FieldType type,
        VersionSet versions,
        VersionSet nullable,
        int tag,
        VersionSet tagged,
        VersionSet flexible,
        boolean ignorable,
        String defaultText,
        String entity,
        String about) {

    public boolean nullByDefault() {
        return "null".equals(defaultText);
    }

    public boolean everNull() {
        return !nullable.isEmpty() || nullByDefault();
    }

    /** Where the field stands in line with the others, without a tag. */
    public VersionSet inLine() {
        return versions.minus(tagged);
    }

    /** The name of the structure that this field holds, alone or in an array, or null. */
    public String structName() {
        FieldType inner = type instanceof FieldType.Array array ? array.element() : type;
        return inner instanceof FieldType.Struct struct ? struct.name() : null;
    }

    /** The same field in only some versions. */
    public FieldSpec within(VersionSet some) {
        return new FieldSpec(
                name,
                type,
                versions.and(some),
                nullable.and(some),
                tag,
                tagged.and(some),
                flexible,
                ignorable,
                defaultText,
                entity,
                about);
    }

    /** This field's versions together with those of an older definition of it; all else is as here. */
    public FieldSpec joinedWith(FieldSpec older) {
        if (!type.equals(older.type)) {
            throw new IllegalArgumentException(name + " is " + type + " and was " + older.type);
        }
        return new FieldSpec(
                name,
                type,
                versions.or(older.versions),
                nullable.or(older.nullable),
                tag,
                tagged.or(older.tagged),
                flexible,
                ignorable,
                defaultText,
                entity,
                about);
    }
}
