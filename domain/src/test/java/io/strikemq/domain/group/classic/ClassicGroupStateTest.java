package io.strikemq.domain.group.classic;

import static io.strikemq.domain.group.classic.ClassicGroupState.COMPLETING_REBALANCE;
import static io.strikemq.domain.group.classic.ClassicGroupState.DEAD;
import static io.strikemq.domain.group.classic.ClassicGroupState.EMPTY;
import static io.strikemq.domain.group.classic.ClassicGroupState.PREPARING_REBALANCE;
import static io.strikemq.domain.group.classic.ClassicGroupState.STABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClassicGroupStateTest {
    private static final Map<ClassicGroupState, Set<ClassicGroupState>> SUCCESSORS = Map.of(
            EMPTY, EnumSet.of(PREPARING_REBALANCE, DEAD),
            PREPARING_REBALANCE, EnumSet.of(EMPTY, COMPLETING_REBALANCE, DEAD),
            COMPLETING_REBALANCE, EnumSet.of(PREPARING_REBALANCE, STABLE, DEAD),
            STABLE, EnumSet.of(PREPARING_REBALANCE, DEAD),
            DEAD, EnumSet.of(DEAD));

    static Stream<Arguments> edges() {
        return Stream.of(ClassicGroupState.values())
                .flatMap(from -> Stream.of(ClassicGroupState.values()).map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @MethodSource("edges")
    void exactlyTheEdgesOfTheTableAreLegal(ClassicGroupState from, ClassicGroupState to) {
        GroupDraft draft = new GroupDraft(in(from), 7);
        if (SUCCESSORS.get(from).contains(to)) {
            draft.transitionTo(to);
            assertEquals(
                    new ClassicGroup.Phase(to, from, 7), draft.finish().next().phase());
        } else {
            assertThrows(IllegalStateException.class, () -> draft.transitionTo(to));
        }
    }

    @Test
    void statesHaveKafkasNames() {
        assertEquals(
                List.of("Empty", "PreparingRebalance", "CompletingRebalance", "Stable", "Dead"),
                Stream.of(ClassicGroupState.values())
                        .map(ClassicGroupState::kafkaName)
                        .toList());
    }

    private static ClassicGroup in(ClassicGroupState state) {
        ClassicGroup empty = ClassicGroup.empty("g", 0);
        return new ClassicGroup(
                "g",
                new ClassicGroup.Phase(state, null, 0),
                empty.generation(),
                Map.of(),
                Set.of(),
                Set.of(),
                false,
                null);
    }
}
