package io.strikemq.wire.generator.emit;

import io.strikemq.wire.generator.model.FieldSpec;
import io.strikemq.wire.generator.model.FieldType;
import io.strikemq.wire.generator.model.FieldType.Primitive;
import io.strikemq.wire.generator.model.MessageSpec;
import io.strikemq.wire.generator.model.StructSpec;
import io.strikemq.wire.generator.model.VersionSet;

/** The fewest bytes that one element of an array can take: what bounds a claimed array length by the bytes left. */
record MinimumSize(MessageSpec message) {
    int of(String struct, VersionSet versions) {
        int least = Integer.MAX_VALUE;
        for (int version = versions.lowest(); version <= versions.highest(); version++) {
            if (versions.contains(version)) {
                least = Math.min(least, of(message.structs().get(struct), version));
            }
        }
        if (least == 0) {
            throw new IllegalArgumentException(message.name() + "." + struct + " can be empty: what bounds its array?");
        }
        return least;
    }

    private int of(StructSpec struct, int version) {
        boolean flexible = message.flexible().contains(version);
        int size = flexible ? 1 : 0;
        for (FieldSpec field : struct.fields()) {
            if (field.inLine().contains(version)) {
                size += of(field, version, flexible && field.flexible().contains(version));
            }
        }
        return size;
    }

    private int of(FieldSpec field, int version, boolean compact) {
        if (field.type() instanceof FieldType.Struct struct) {
            return field.nullable().contains(version) ? 1 : of(message.structs().get(struct.name()), version);
        }
        if (field.type().fixedWidth()) {
            return ((Primitive) field.type()).width();
        }
        if (compact) {
            return 1;
        }
        return field.type() == Primitive.STRING ? 2 : 4;
    }
}
