package io.strikemq.wire.generator.emit;

import io.strikemq.wire.generator.model.FieldSpec;
import io.strikemq.wire.generator.model.MessageSpec;
import io.strikemq.wire.generator.model.StructSpec;
import io.strikemq.wire.generator.model.VersionSet;
import java.util.List;
import java.util.Map;

/** One structure together with what its emitters need to know about the message around it. */
record StructScope(MessageSpec message, StructSpec struct, Map<String, VersionSet> reach) {
    boolean root() {
        return struct == message.root();
    }

    /** The versions in which this structure can occur. */
    VersionSet possible() {
        return reach.get(struct.name());
    }

    List<FieldSpec> fields() {
        return struct.fields();
    }

    Condition when(VersionSet versions) {
        return Condition.in(versions, possible());
    }

    /** Whether the version is a flexible one. */
    Condition flexible() {
        return when(message.flexible());
    }

    /** Whether a field's length is compact, given that the field is present. */
    Condition compact(FieldSpec field) {
        return Condition.in(
                message.flexible().and(field.flexible()), field.versions().and(possible()));
    }

    /** Whether null is allowed, given that the field is present. */
    Condition nullable(FieldSpec field) {
        return Condition.in(field.nullable(), field.versions().and(possible()));
    }

    /** Whether null is forbidden, given that the field is present. */
    Condition required(FieldSpec field) {
        return Condition.in(
                field.versions().minus(field.nullable()), field.versions().and(possible()));
    }

    List<FieldSpec> tagged() {
        return struct.taggedFields();
    }
}
