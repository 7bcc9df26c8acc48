package io.strikemq.wire.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.wire.generator.model.FieldSpec;
import io.strikemq.wire.generator.model.MessageSpec;
import io.strikemq.wire.generator.model.VersionSet;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LegacyMergeTest {
    @Test
    void versionsThatWereDroppedComeBackWithTheirFieldsInPlace() throws IOException {
        MessageSpec current = message("2-5", "4+", field("A", "int32", "0+"), field("C", "string", "0-4"));
        MessageSpec older =
                message("0-4", "4+", field("A", "int32", "0+"), field("B", "int64", "0-1"), field("C", "string", "1+"));

        MessageSpec merged = LegacyMerge.merge(current, older);

        assertEquals(VersionSet.range(0, 5), merged.valid());
        assertEquals(VersionSet.range(4, 5), merged.flexible());
        assertEquals(
                List.of("a", "b", "c"),
                merged.root().fields().stream().map(FieldSpec::name).toList());
        assertEquals(VersionSet.range(0, 5), merged.root().fields().get(0).versions());
        assertEquals(VersionSet.range(0, 1), merged.root().fields().get(1).versions());
        assertEquals(VersionSet.range(1, 4), merged.root().fields().get(2).versions());
    }

    @Test
    void theCurrentDefinitionHoldsInItsOwnVersions() throws IOException {
        MessageSpec current = message("1-2", "none", field("A", "int32", "2+"));
        MessageSpec older = message("0-2", "none", field("A", "int32", "0+"));

        FieldSpec field = LegacyMerge.merge(current, older).root().fields().get(0);

        assertTrue(field.versions().contains(0));
        assertFalse(field.versions().contains(1));
        assertTrue(field.versions().contains(2));
    }

    @Test
    void whatDroppedNothingStaysAsItIs() throws IOException {
        MessageSpec current = message("0-2", "none", field("A", "int32", "0+"));

        assertSame(current, LegacyMerge.merge(current, message("0-1", "none", field("A", "int32", "0+"))));
    }

    @Test
    void anOldVersionThatNeverBecameStableStaysAway() throws IOException {
        MessageSpec current = message("1", "none", field("A", "int32", "0+"));
        MessageSpec older = new DefinitionParser().parse("""
                {"name": "Toy", "type": "request", "validVersions": "0", "latestVersionUnstable": true,
                 "fields": []}""");

        assertSame(current, LegacyMerge.merge(current, older));
    }

    @Test
    void aFieldThatChangedItsTypeOrItsPlaceStopsTheBuild() throws IOException {
        MessageSpec current = message("1", "none", field("A", "int32", "0+"), field("B", "int32", "0+"));
        MessageSpec retyped = message("0", "none", field("A", "int64", "0+"));
        MessageSpec moved = message("0", "none", field("B", "int32", "0+"), field("A", "int32", "0+"));

        assertThrows(IllegalArgumentException.class, () -> LegacyMerge.merge(current, retyped));
        assertThrows(IllegalArgumentException.class, () -> LegacyMerge.merge(current, moved));
    }

    private static MessageSpec message(String valid, String flexible, String... fields) throws IOException {
        return new DefinitionParser().parse("""
                {"name": "Toy", "type": "request", "validVersions": "%s", "flexibleVersions": "%s", "fields": [%s]}""".formatted(valid, flexible, String.join(",", fields)));
    }

    private static String field(String name, String type, String versions) {
        return "{\"name\": \"%s\", \"type\": \"%s\", \"versions\": \"%s\"}".formatted(name, type, versions);
    }
}
