package io.strikemq.domain.group.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A member's steps towards what it is to have, one by one. */
class ReconciliationTest {
    private static final UUID TOPIC = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);

    private final ConsumerGroupBuilder group = new ConsumerGroupBuilder("g");

    @Test
    void aNewMemberGetsWhatIsFreeAndIsThere() {
        CurrentAssignment next = step(CurrentAssignment.NONE, 5, Set.of(0, 1), List.of());
        assertEquals(stable(5, 0, Map.of(0, 5, 1, 5)), next);
    }

    @Test
    void whatOthersHaveOrHaveStillToGiveUpIsWaitedFor() {
        put("other", new CurrentAssignment(4, 4, MemberState.UNREVOKED_PARTITIONS, has(0, 4), has(1, 4)));
        CurrentAssignment next = step(CurrentAssignment.NONE, 5, Set.of(0, 1, 2), List.of());
        assertEquals(new CurrentAssignment(5, 0, MemberState.UNRELEASED_PARTITIONS, has(2, 5), Map.of()), next);
    }

    @Test
    void whoWaitsGetsWhatIsFreeByNowAtTheSameEpoch() {
        put("other", stable(5, 4, Map.of(0, 4)));
        CurrentAssignment waits = new CurrentAssignment(5, 0, MemberState.UNRELEASED_PARTITIONS, has(2, 5), Map.of());
        CurrentAssignment next = step(waits, 5, Set.of(1, 2), null);
        assertEquals(stable(5, 5, Map.of(1, 5, 2, 5)), next);
    }

    @Test
    void aMemberStaysAtItsEpochUntilItSaysThatItGaveUpWhatItIsNotToHave() {
        CurrentAssignment has = stable(4, 3, Map.of(0, 4, 1, 3));
        CurrentAssignment gives = new CurrentAssignment(4, 4, MemberState.UNREVOKED_PARTITIONS, has(0, 4), has(1, 3));
        for (List<TopicPartitions> owned : ownedOrSilent(1)) {
            assertEquals(gives, step(has, 5, Set.of(0, 2), owned));
            assertEquals(gives, step(gives, 5, Set.of(0, 2), owned));
        }
        CurrentAssignment done = stable(5, 4, Map.of(0, 4, 2, 5));
        assertEquals(done, step(gives, 5, Set.of(0, 2), owned(0)));
        assertEquals(done, step(has, 5, Set.of(0, 2), owned(0)), "it had given it up before it was told");
    }

    @Test
    void whatItIsToGiveUpAndThenToHaveAgainItGetsAgainOnlyWhenItGaveItUp() {
        CurrentAssignment gives = new CurrentAssignment(4, 4, MemberState.UNREVOKED_PARTITIONS, has(0, 4), has(1, 3));
        assertEquals(gives, step(gives, 5, Set.of(0, 1), owned(0, 1)));
        assertEquals(stable(5, 4, Map.of(0, 4, 1, 5)), step(gives, 5, Set.of(0, 1), owned(0)));
    }

    @Test
    void whatItDoesNotWantAnyMoreIsTakenAtOnceAtTheSameEpoch() {
        CurrentAssignment has = new CurrentAssignment(
                5, 5, MemberState.STABLE, Map.of(TOPIC, Map.of(0, 5), OTHER, Map.of(0, 4)), Map.of());
        Reconciliation.Goal goal = new Reconciliation.Goal(5, Map.of(TOPIC, Set.of(0)), Set.of(TOPIC), true);
        CurrentAssignment gives = new Reconciliation(build(has), member(has), goal, null).next();
        assertEquals(
                new CurrentAssignment(5, 5, MemberState.UNREVOKED_PARTITIONS, has(0, 5), Map.of(OTHER, Map.of(0, 4))),
                gives);
        CurrentAssignment gone = new Reconciliation(build(has), member(has), goal, owned(0)).next();
        assertEquals(stable(5, 5, Map.of(0, 5)), gone);
    }

    @Test
    void whatItDoesNotWantItDoesNotGetWhateverTheTargetSays() {
        Reconciliation.Goal goal = new Reconciliation.Goal(5, Map.of(TOPIC, Set.of(0)), Set.of(), false);
        CurrentAssignment next = new Reconciliation(
                        build(CurrentAssignment.NONE), member(CurrentAssignment.NONE), goal, List.of())
                .next();
        assertEquals(stable(5, 0, Map.of()), next);
    }

    @Test
    void aMemberInAStateThatIsNotKnownHereHasToBeginAnew() {
        CurrentAssignment unknown = new CurrentAssignment(4, 4, MemberState.UNKNOWN, has(0, 4), Map.of());
        for (List<TopicPartitions> owned : ownedOrSilent(0)) {
            BrokerException refused = assertThrows(BrokerException.class, () -> step(unknown, 5, Set.of(0), owned));
            assertEquals(ErrorCode.FENCED_MEMBER_EPOCH, refused.error());
        }
        assertEquals(stable(5, 4, Map.of(0, 4)), step(unknown, 5, Set.of(0), List.of()));
    }

    private CurrentAssignment step(
            CurrentAssignment current, int epoch, Set<Integer> target, List<TopicPartitions> owned) {
        Reconciliation.Goal goal = new Reconciliation.Goal(epoch, Map.of(TOPIC, target), Set.of(TOPIC), false);
        return new Reconciliation(build(current), member(current), goal, owned).next();
    }

    private ConsumerGroup build(CurrentAssignment current) {
        put("m", current);
        return group.build(0);
    }

    private void put(String memberId, CurrentAssignment current) {
        group.replay(new ConsumerGroupRecord.Current("g", memberId, current));
    }

    private static ConsumerMember member(CurrentAssignment current) {
        return ConsumerMember.fresh("m").with(current);
    }

    private static CurrentAssignment stable(int epoch, int previous, Map<Integer, Integer> partitions) {
        Map<UUID, Map<Integer, Integer>> assigned = partitions.isEmpty() ? Map.of() : Map.of(TOPIC, partitions);
        return new CurrentAssignment(epoch, previous, MemberState.STABLE, assigned, Map.of());
    }

    private static Map<UUID, Map<Integer, Integer>> has(int partition, int since) {
        return Map.of(TOPIC, Map.of(partition, since));
    }

    private static List<TopicPartitions> owned(Integer... partitions) {
        return List.of(new TopicPartitions(TOPIC, List.of(partitions)));
    }

    /** A member that has partition 0 and this one, and one that does not say what it has. */
    private static List<List<TopicPartitions>> ownedOrSilent(int partition) {
        List<List<TopicPartitions>> both = new ArrayList<>();
        both.add(owned(0, partition));
        both.add(null);
        return both;
    }
}
