package io.strikemq.wire.generator.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class VersionSetTest {
    @Test
    void kafkasNotationIsUnderstood() {
        assertTrue(VersionSet.parse("none").isEmpty());
        assertEquals(VersionSet.range(3, 3), VersionSet.parse("3"));
        assertEquals(VersionSet.range(2, 12), VersionSet.parse("2-12"));
        assertEquals(VersionSet.range(4, VersionSet.LAST), VersionSet.parse("4+"));
        assertEquals(VersionSet.ALL, VersionSet.parse("0+"));
    }

    @Test
    void whatIsNoRangeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> VersionSet.parse("5-3"));
        assertThrows(IllegalArgumentException.class, () -> VersionSet.parse("many"));
    }

    @Test
    void setsCombineLikeSets() {
        VersionSet set = VersionSet.range(0, 5).minus(VersionSet.range(2, 3)).or(VersionSet.range(7, 7));

        assertEquals(0, set.lowest());
        assertEquals(7, set.highest());
        assertTrue(set.contains(5) && !set.contains(2) && !set.contains(6));
        assertEquals(VersionSet.range(4, 5), set.and(VersionSet.range(2, 6)));
    }
}
