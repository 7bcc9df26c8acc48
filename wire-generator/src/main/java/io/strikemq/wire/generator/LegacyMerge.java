package io.strikemq.wire.generator;

import io.strikemq.wire.generator.model.FieldSpec;
import io.strikemq.wire.generator.model.MessageSpec;
import io.strikemq.wire.generator.model.StructSpec;
import io.strikemq.wire.generator.model.VersionSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds to a current definition the older versions that it dropped, taken from a release that still had them.
 * Inside the current definition's versions the current one holds, below them the older one.
 */
public final class LegacyMerge {
    private LegacyMerge() {}

    public static MessageSpec merge(MessageSpec current, MessageSpec older) {
        VersionSet dropped =
                stable(older).minus(VersionSet.range(current.valid().lowest(), VersionSet.LAST));
        if (dropped.isEmpty()) {
            return current;
        }
        Map<String, StructSpec> structs = new LinkedHashMap<>();
        current.structs().forEach((name, struct) -> structs.put(name, struct.within(current.valid())));
        older.structs().forEach((name, struct) -> structs.merge(name, struct.within(dropped), LegacyMerge::merge));
        StructSpec root =
                merge(current.root().within(current.valid()), older.root().within(dropped));
        return new MessageSpec(
                current.name(),
                current.kind(),
                current.apiKey(),
                current.listeners(),
                current.unstable(),
                current.valid().or(dropped),
                current.flexible().or(older.flexible().and(dropped)),
                root,
                structs);
    }

    /** An early-access version that was replaced before it became stable is nobody's. */
    private static VersionSet stable(MessageSpec older) {
        VersionSet valid = older.valid();
        return older.unstable() ? valid.minus(VersionSet.range(valid.highest(), VersionSet.LAST)) : valid;
    }

    private static StructSpec merge(StructSpec current, StructSpec older) {
        List<FieldSpec> merged = new ArrayList<>(current.fields());
        int next = 0;
        for (FieldSpec field : older.fields()) {
            int at = indexOf(merged, field.name());
            if (at >= next) {
                merged.set(at, merged.get(at).joinedWith(field));
                next = at + 1;
            } else if (at < 0) {
                merged.add(next++, field);
            } else {
                throw new IllegalArgumentException(current.name() + "." + field.name() + " has moved between releases");
            }
        }
        return new StructSpec(current.name(), current.about(), merged);
    }

    private static int indexOf(List<FieldSpec> fields, String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
