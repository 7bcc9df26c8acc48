package io.strikemq.domain.group.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.classic.ClassicGroup;
import io.strikemq.domain.group.classic.ClassicGroupState;
import io.strikemq.domain.group.steering.MemberPick;
import io.strikemq.domain.group.steering.ScriptedAssignment;
import io.strikemq.domain.group.steering.SteeringEvent;
import io.strikemq.domain.group.steering.SteeringOutcome;
import io.strikemq.domain.settings.ConsumerGroupSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tester does to groups of both kinds, and what their members make of it. */
class SteeringTest {
    private static final MemberPick ONE = MemberPick.client("one");

    private final AnyGroup group = new AnyGroup();
    private final ModelClient one = new ModelConsumer(group, "one", null);
    private final ModelClient two = new ModelConsumer(group, "two", null);

    @BeforeEach
    void aTopic() {
        group.topics().put("a", 4);
        group.topics().put("b", 1);
    }

    private SteeringOutcome steer(LongFunction<SteeringEvent> event) {
        return (SteeringOutcome) group.answerTo(group.request(event::apply));
    }

    private void rounds(ModelClient... clients) {
        for (int round = 0; round < 8; round++) {
            for (ModelClient client : clients) {
                client.settle();
                client.poll(false);
            }
            group.pass(Duration.ofSeconds(1));
        }
        for (ModelClient client : clients) {
            client.settle();
        }
    }

    private static Set<Integer> read(ModelClient client) {
        return client.owned().stream()
                .map(ModelClient.Partition::number)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private ScriptedAssignment script() {
        return ScriptedAssignment.of(ONE, "a", 0, 1, 3).and(MemberPick.client("two"), "a", 2);
    }

    // The consumer protocol.

    @Test
    void nobodyHasAnythingBetweenTwoTargetsOfAForcedRebalance() {
        rounds(one, two);
        Set<Integer> before = read(one);
        int epoch = group.consumers().epoch();
        assertEquals(2, steer(SteeringEvent.Rebalance::new).memberIds().size());
        assertEquals(
                List.of(epoch + 2, epoch + 1),
                List.of(group.consumers().epoch(), group.consumers().assignmentEpoch()));
        one.poll(false);
        one.settle();
        one.poll(false);
        assertEquals(Set.of(), read(one), "it has given up all, and waits for the other");
        assertEquals(epoch + 1, group.consumers().assignmentEpoch());
        two.poll(false);
        two.settle();
        two.poll(false);
        assertEquals(epoch + 2, group.consumers().assignmentEpoch(), "the last one has the assignor asked at once");
        rounds(one, two);
        assertEquals(before.size(), read(one).size());
        assertEquals("Stable", group.consumers().state());
    }

    @Test
    void aRestartInTheMiddleOfAForcedRebalanceGoesOnWithTheSecondTarget() {
        rounds(one, two);
        steer(SteeringEvent.Rebalance::new);
        one.poll(false);
        group.restart();
        rounds(one, two);
        assertEquals("Stable", group.consumers().state());
        assertEquals(List.of(2, 2), List.of(read(one).size(), read(two).size()));
    }

    @Test
    void whoIsFencedIsRefusedByItsOwnEpochAndCannotCommitByIt() {
        rounds(one);
        int epoch = group.consumers().members().get(one.memberId()).epoch();
        assertEquals(
                List.of(one.memberId()),
                steer(number -> new SteeringEvent.Fence(number, ONE, "x")).memberIds());
        ConsumerMember fenced = group.consumers().members().get(one.memberId());
        assertTrue(fenced.epoch() > epoch);
        fenced.current()
                .assigned()
                .values()
                .forEach(each -> each.values()
                        .forEach(since ->
                                assertEquals(fenced.epoch(), since, "no commit of an epoch before is let in")));
        one.poll(false);
        assertFalse(one.isMember(), "it has to join again");
        rounds(one);
        assertEquals(4, read(one).size());
    }

    @Test
    void whoIsFencedWhileItHasToGiveUpSomethingStillHasToInTime() {
        AnyGroup patient = new AnyGroup(
                ConsumerGroupSettings.DEFAULT,
                new FixedTimes(Duration.ofMinutes(10), Duration.ofSeconds(5), Duration.ZERO));
        patient.topics().put("a", 4);
        ModelClient first = new ModelConsumer(patient, "one", null);
        first.poll(false);
        first.settle();
        new ModelConsumer(patient, "two", null).poll(false);
        first.poll(false);
        assertEquals(
                MemberState.UNREVOKED_PARTITIONS,
                patient.consumers().members().get(first.memberId()).current().state());
        patient.pass(Duration.ofSeconds(30));
        patient.request(number -> new SteeringEvent.Fence(number, ONE, "x"));
        patient.pass(Duration.ofSeconds(59));
        assertTrue(patient.consumers().members().containsKey(first.memberId()), "it has the time anew");
        patient.pass(Duration.ofSeconds(1));
        assertFalse(patient.consumers().members().containsKey(first.memberId()), "and no more than that");
    }

    @Test
    void aStaticMembersPlaceIsTakenByOneThatIsSilentUntilItsSessionEnds() {
        ModelClient fixed = new ModelConsumer(group, "one", "i");
        rounds(fixed);
        steer(number -> new SteeringEvent.Fence(number, MemberPick.instance("i"), "ghost"));
        assertEquals(Set.of("ghost"), group.consumers().members().keySet());
        group.restart();
        fixed.poll(false);
        assertFalse(fixed.isRunning(), "FENCED_INSTANCE_ID ends it");
        group.pass(Duration.ofSeconds(45));
        assertTrue(group.group().isEmpty());
    }

    @Test
    void whoIsExpelledIsUnknown() {
        rounds(one, two);
        assertEquals(
                List.of(two.memberId()),
                steer(number -> new SteeringEvent.Expel(number, MemberPick.client("two")))
                        .memberIds());
        assertEquals(Set.of(one.memberId()), group.consumers().members().keySet());
        rounds(one);
        assertEquals(4, read(one).size());
    }

    @Test
    void aScriptIsTheNextTargetAndNoMore() {
        rounds(one, two);
        steer(number -> new SteeringEvent.Script(number, script()));
        rounds(one, two);
        assertEquals(List.of(Set.of(0, 1, 3), Set.of(2)), List.of(read(one), read(two)));
        group.restart();
        rounds(one, two);
        assertEquals(List.of(Set.of(0, 1, 3), Set.of(2)), List.of(read(one), read(two)));
        steer(SteeringEvent.Rebalance::new);
        rounds(one, two);
        assertEquals(List.of(2, 2), List.of(read(one).size(), read(two).size()));
    }

    @Test
    void whatCannotBeStoredHasNotHappened() {
        rounds(one);
        int epoch = group.consumers().epoch();
        group.breakStorage();
        long request = group.request(SteeringEvent.Rebalance::new);
        assertEquals(ErrorCode.COORDINATOR_NOT_AVAILABLE, group.answerTo(request));
        assertEquals(epoch, group.consumers().epoch());
    }

    // Scripts that cannot be.

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aScriptThatNoAssignorWouldSayIsRefusedWithASentence(boolean isClassic) {
        ModelClient first = isClassic ? new ModelClassicClient(group, "one", null, false) : one;
        rounds(first);
        assertRefused(
                "group 'g' has no member with client id 'nobody'",
                ScriptedAssignment.of(MemberPick.client("nobody"), "a", 0));
        assertRefused("there is no topic 'z'", ScriptedAssignment.of(ONE, "z", 0));
        assertRefused("topic 'a' has no partition 4, only 0 to 3", ScriptedAssignment.of(ONE, "a", 4));
        assertRefused(
                "member '" + first.memberId() + "' is not subscribed to topic 'b'", ScriptedAssignment.of(ONE, "b", 0));
        assertRefused(
                "partition a-0 is given twice: to '" + first.memberId() + "' and to '" + first.memberId() + "'",
                ScriptedAssignment.of(ONE, "a", 0, 0));
    }

    private void assertRefused(String message, ScriptedAssignment script) {
        SteeringOutcome outcome = steer(number -> new SteeringEvent.Script(number, script));
        assertEquals(message, outcome.message());
        assertFalse(outcome.error() == ErrorCode.NONE);
    }

    @Test
    void aGroupWithoutMembersCannotBeSteered() {
        assertEquals(
                "group 'g' has no members at the moment",
                steer(SteeringEvent.Rebalance::new).message());
    }

    @Test
    void aClientOfSeveralMembersIsNobodyInAScript() {
        ModelClient first = new ModelClassicClient(group, "one", null, false);
        rounds(first, new ModelClassicClient(group, "one", null, false));
        assertRefused(
                "group 'g' has 2 members with client id 'one': name one by its member id",
                ScriptedAssignment.of(ONE, "a", 0));
    }

    // The classic protocol.

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aScriptTakesTheLeadersPlaceOnce(boolean isCooperative) {
        ModelClient first = new ModelClassicClient(group, "one", null, isCooperative);
        ModelClient second = new ModelClassicClient(group, "two", null, isCooperative);
        rounds(first, second);
        assertEquals(List.of(2, 2), List.of(read(first).size(), read(second).size()));
        assertEquals(
                2,
                steer(number -> new SteeringEvent.Script(number, script()))
                        .memberIds()
                        .size());
        assertTrue(((ClassicGroup) group.group()).is(ClassicGroupState.PREPARING_REBALANCE));
        rounds(first, second);
        assertEquals(List.of(Set.of(0, 1, 3), Set.of(2)), List.of(read(first), read(second)));
        assertEquals(null, ((ClassicGroup) group.group()).script());
        group.restart();
        rounds(first, second);
        assertEquals(List.of(Set.of(0, 1, 3), Set.of(2)), List.of(read(first), read(second)));
    }

    @Test
    void aScriptIsForgottenWithAMemberThatItNames() {
        ModelClient first = new ModelClassicClient(group, "one", null, false);
        ModelClient second = new ModelClassicClient(group, "two", null, false);
        rounds(first, second);
        steer(number -> new SteeringEvent.Script(number, script()));
        second.leave(false);
        rounds(first);
        assertEquals(Set.of(0, 1, 2, 3), read(first));
        assertEquals(null, ((ClassicGroup) group.group()).script());
    }

    @Test
    void aDynamicMemberOfAClassicGroupCannotBeFencedAndAStaticOneLosesItsPlace() {
        ModelClient first = new ModelClassicClient(group, "one", null, false);
        ModelClient fixed = new ModelClassicClient(group, "two", "i", false);
        rounds(first, fixed);
        SteeringOutcome refused = steer(number -> new SteeringEvent.Fence(number, ONE, "x"));
        assertEquals(ErrorCode.INVALID_REQUEST, refused.error());
        SteeringOutcome done = steer(number -> new SteeringEvent.Fence(number, MemberPick.instance("i"), "ghost"));
        assertEquals(ErrorCode.NONE, done.error());
        group.restart();
        assertTrue(((ClassicGroup) group.group()).hasMember("ghost"));
        fixed.poll(false);
        assertFalse(fixed.isRunning(), "FENCED_INSTANCE_ID ends it");
    }

    @Test
    void everybodyCanBeExpelledFromAClassicGroup() {
        ModelClient first = new ModelClassicClient(group, "one", null, false);
        rounds(first);
        steer(number -> new SteeringEvent.Expel(number, MemberPick.everybody()));
        assertTrue(group.group().isEmpty());
        rounds(first);
        assertEquals(Set.of(0, 1, 2, 3), read(first));
    }
}
