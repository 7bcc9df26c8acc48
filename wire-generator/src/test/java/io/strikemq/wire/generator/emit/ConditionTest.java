package io.strikemq.wire.generator.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.wire.generator.model.VersionSet;
import org.junit.jupiter.api.Test;

class ConditionTest {
    private static final VersionSet POSSIBLE = VersionSet.range(2, 9);

    @Test
    void onlyTheBoundsThatMatterAreTested() {
        assertEquals("version >= 5", condition("5+"));
        assertEquals("version <= 4", condition("0-4"));
        assertEquals("version >= 4 && version <= 6", condition("4-6"));
        assertEquals("version == 4", condition("4"));
        assertEquals(Condition.ALWAYS, condition("0+"));
        assertEquals(Condition.NEVER, condition("10+"));
    }

    @Test
    void runsAreJoinedOverVersionsThatCannotOccur() {
        VersionSet possible = POSSIBLE.minus(VersionSet.parse("5"));
        VersionSet wanted = VersionSet.parse("3-4").or(VersionSet.parse("6-7"));

        assertEquals(
                "version >= 3 && version <= 7", Condition.in(wanted, possible).expression());
        assertEquals(
                "version >= 3 && version <= 4 || version >= 6 && version <= 7",
                Condition.in(wanted, POSSIBLE).expression());
    }

    private static String condition(String wanted) {
        return Condition.in(VersionSet.parse(wanted), POSSIBLE).expression();
    }
}
