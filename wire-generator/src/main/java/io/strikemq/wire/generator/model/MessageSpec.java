package io.strikemq.wire.generator.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One message definition.
 *
 * @param apiKey   the number of the API or of the coordinator record, or -1
 * @param unstable whether the newest version may still change
 * @param valid    the versions that can be read and written
 * @param flexible the versions with compact lengths and tagged fields
 * @param root     the fields of the message itself; its name is the message's
 * @param structs  all structures below, by name, in the order of their first use
 */
public record MessageSpec(
        String name,
        MessageKind kind,
        int apiKey,
        List<String> listeners,
        boolean unstable,
        VersionSet valid,
        VersionSet flexible,
        StructSpec root,
        Map<String, StructSpec> structs) {

    public MessageSpec {
        listeners = List.copyOf(listeners);
        structs = Collections.unmodifiableMap(new LinkedHashMap<>(structs));
    }

    public int highestStable() {
        return unstable ? valid.highest() - 1 : valid.highest();
    }

    /** For each structure the versions in which it can occur. */
    public Map<String, VersionSet> reach() {
        Map<String, VersionSet> reach = new LinkedHashMap<>();
        follow(root, valid, reach);
        return reach;
    }

    private void follow(StructSpec struct, VersionSet versions, Map<String, VersionSet> reach) {
        reach.merge(struct.name(), versions, VersionSet::or);
        for (FieldSpec field : struct.fields()) {
            VersionSet inner = field.versions().and(versions);
            if (field.structName() != null && !inner.isEmpty()) {
                follow(structs.get(field.structName()), inner, reach);
            }
        }
    }
}
