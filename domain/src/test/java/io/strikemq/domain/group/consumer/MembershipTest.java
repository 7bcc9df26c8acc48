package io.strikemq.domain.group.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupEvent;
import io.strikemq.domain.group.GroupEvent.OffsetsWanted;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.group.classic.ClassicGroupEvent;
import io.strikemq.domain.group.classic.JoinCommand;
import io.strikemq.domain.group.classic.JoinResult;
import io.strikemq.domain.group.log.CommittedOffset;
import io.strikemq.domain.settings.ConsumerGroupSettings;
import io.strikemq.domain.settings.ConsumerGroupSettings.MigrationPolicy;
import io.strikemq.domain.topic.TopicPartition;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who comes, speaks and goes in a consumer group, in the words of heartbeats. */
class MembershipTest {
    private AnyGroup group = new AnyGroup();

    @BeforeEach
    void aTopic() {
        group.topics().put("a", 3);
        group.topics().put("b", 1);
    }

    @Test
    void aMemberThatLostAnAnswerSaysItsEpochBeforeAndOwnsNothingElse() {
        join("one", "a");
        join("two", "a");
        HeartbeatResult gives = beat("one", 2, null);
        assertEquals(List.of(2, 2), List.of(gives.memberEpoch(), size(gives)));
        assertEquals(3, beat("one", 2, owned(kept("one"))).memberEpoch());
        assertEquals(3, beat("one", 2, owned(kept("one"))).memberEpoch(), "once more, of the epoch before");
        assertEquals(3, beat("one", 2, List.of()).memberEpoch(), "less is fine");
        assertRefused(beat("one", 2, null), ErrorCode.FENCED_MEMBER_EPOCH, "smaller member epoch (2)");
        assertRefused(beat("one", 2, owned(0, 1, 2)), ErrorCode.FENCED_MEMBER_EPOCH, "smaller");
        assertRefused(beat("one", 1, List.of()), ErrorCode.FENCED_MEMBER_EPOCH, "smaller");
        assertRefused(beat("one", 4, List.of()), ErrorCode.FENCED_MEMBER_EPOCH, "greater member epoch (4)");
        assertRefused(beat("nobody", 3, null), ErrorCode.UNKNOWN_MEMBER_ID, "Member nobody is not");
    }

    @Test
    void aFullGroupTakesNobodyButWhoIsInIt() {
        group = new AnyGroup(
                new ConsumerGroupSettings(1, List.of("uniform"), MigrationPolicy.BIDIRECTIONAL, Duration.ofMinutes(10)),
                FixedTimes.USUAL);
        group.topics().put("a", 3);
        join("one", "a");
        assertRefused(join("two", "a"), ErrorCode.GROUP_MAX_SIZE_REACHED, "maximum capacity of 1 members");
        assertEquals(ErrorCode.NONE, join("one", "a").error());
        assertEquals(1, group.consumers().members().size());
    }

    @Test
    void aStaticMemberThatIsAwayKeepsItsPartitionsForWhoComesInItsPlace() {
        say("s1", 0, "i", List.of("a"), List.of());
        int epoch = group.consumers().epoch();
        assertRefused(say("s2", 0, "i", List.of("a"), List.of()), ErrorCode.UNRELEASED_INSTANCE_ID, "owned by s1");
        say("s1", ConsumerHeartbeat.LEAVING_FOR_A_WHILE, "i", null, null);
        assertRefused(say("s1", epoch, "i", null, null), ErrorCode.FENCED_MEMBER_EPOCH, "greater");
        HeartbeatResult back = say("s2", 0, "i", List.of("a"), List.of());
        assertEquals(List.of(epoch, 3), List.of(back.memberEpoch(), size(back)));
        assertEquals(epoch, group.consumers().epoch(), "nobody else noticed");
        assertRefused(say("s1", epoch, "i", null, null), ErrorCode.FENCED_INSTANCE_ID, "was fenced by member s2");
        assertRefused(say("s2", epoch, "x", null, null), ErrorCode.UNKNOWN_MEMBER_ID, "Instance id x is unknown.");
    }

    @Test
    void aStaticMemberThatDoesNotComeBackIsGoneWithItsSession() {
        say("s1", 0, "i", List.of("a"), List.of());
        say("s1", ConsumerHeartbeat.LEAVING_FOR_A_WHILE, "i", null, null);
        group.pass(Duration.ofSeconds(44));
        assertEquals(1, group.consumers().members().size());
        group.pass(Duration.ofSeconds(1));
        assertTrue(group.group().isEmpty());
    }

    @Test
    void theLastMembersGoingLeavesATargetOfNobodyAtTheNewEpoch() {
        join("one", "a");
        say("one", ConsumerHeartbeat.LEAVING, null, null, null);
        assertEquals(
                List.of(3, 3),
                List.of(group.consumers().epoch(), group.consumers().assignmentEpoch()));
        assertEquals(0, group.consumers().target().timestamp(), "who comes next does not wait for its assignment");
        assertTrue(group.deadlines().isEmpty());
    }

    @Test
    void whoDoesNotGiveUpItsPartitionsInTimeIsFenced() {
        join("one", "a");
        join("two", "a");
        beat("one", 2, null);
        for (int i = 0; i < 2; i++) {
            group.pass(Duration.ofSeconds(29));
            beat("one", 2, null);
            beat("two", 3, null);
        }
        assertEquals(2, group.consumers().members().size());
        group.pass(Duration.ofSeconds(2));
        assertEquals(List.of("two"), List.copyOf(group.consumers().members().keySet()));
        assertEquals(3, size(beat("two", 3, List.of())), "another gets what it kept");
    }

    @Test
    void aCommitOfAnEpochBeforeIsForWhatTheMemberHasHadSince() {
        join("one", "a");
        join("two", "a");
        beat("one", 2, null);
        beat("one", 2, owned(kept("one")));
        Integer[] kept = kept("one");
        assertEquals(ErrorCode.NONE, commit("one", 2, true, kept));
        assertEquals(ErrorCode.NONE, commit("one", 3, true, 0, 1, 2), "of the present epoch anything");
        assertEquals(ErrorCode.STALE_MEMBER_EPOCH, commit("one", 2, true, 0, 1, 2));
        assertEquals(ErrorCode.STALE_MEMBER_EPOCH, commit("one", 1, true, kept));
        assertEquals(ErrorCode.STALE_MEMBER_EPOCH, commit("one", 4, true, kept));
        assertEquals(ErrorCode.UNSUPPORTED_VERSION, commit("one", 3, false, kept));
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, commit("nobody", 3, true, kept));
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, commit("", -1, true, kept));
    }

    @Test
    void aRegularExpressionIsForgottenWithTheLastWhoHasIt() {
        want("one", "[ab]");
        group.search();
        want("two", "[ab]");
        assertEquals(1, group.consumers().regexes().size());
        say("one", ConsumerHeartbeat.LEAVING, null, null, null);
        assertEquals(1, group.consumers().regexes().size());
        say("two", ConsumerHeartbeat.LEAVING, null, null, null);
        assertTrue(group.consumers().regexes().isEmpty());
    }

    @Test
    void whatARegularExpressionMeansIsLookedUpAsideAndAgainWhenTopicsCame() {
        HeartbeatResult first = want("one", "[abc]");
        assertEquals(List.of(1, 0), List.of(first.memberEpoch(), size(first)));
        group.search();
        assertEquals(4, size(beat("one", 1, List.of())));
        group.topics().put("c", 2);
        group.pass(Duration.ofSeconds(10));
        assertNull(beat("one", 2, null).assignment(), "ten seconds are not over yet");
        group.search();
        group.pass(Duration.ofMillis(1));
        beat("one", 2, null);
        group.search();
        assertEquals(6, size(beat("one", 2, null)));
    }

    @Test
    void whatIsNoRegularExpressionIsRefusedAndChangesNothing() {
        join("one", "a");
        int written = group.log().size();
        HeartbeatResult refused = want("one", AnyGroup.FAULTY);
        assertRefused(refused, ErrorCode.INVALID_REGULAR_EXPRESSION, "`(` is not a valid regular expression: missing");
        assertEquals(written, group.log().size());
    }

    @Test
    void whoJoinsAGroupThatWasLeftWithTheClassicProtocolMakesItAnotherInOneWrite() {
        join("one", "a");
        say("one", ConsumerHeartbeat.LEAVING, null, null, null);
        JoinCommand command = new JoinCommand(
                AnyGroup.ID,
                "",
                null,
                Duration.ofSeconds(45),
                Duration.ofSeconds(60),
                "consumer",
                List.of(new JoinCommand.Protocol("range", ClassicBytes.subscription(List.of("a"), Map.of()))),
                JoinCommand.MemberIdPolicy.ID_FIRST,
                JoinCommand.AssignmentSkipping.UNSUPPORTED,
                null);
        group.breakStorageAfter(1);
        long request = group.request(number -> new ClassicGroupEvent.Join(
                number, new GroupEvent.Client("c", "/127.0.0.1"), command, group.freshId(), group.freshId()));
        assertEquals(ErrorCode.MEMBER_ID_REQUIRED, ((JoinResult) group.answerTo(request)).error());
        assertFalse(group.group().isDead(), "half of it would have been the end of the group and its offsets");
    }

    private HeartbeatResult join(String memberId, String topic) {
        return say(memberId, 0, null, List.of(topic), List.of());
    }

    private HeartbeatResult want(String memberId, String regex) {
        return answer(
                new ConsumerHeartbeat(AnyGroup.ID, memberId, 0, null, null, 60_000, List.of(), regex, null, List.of()));
    }

    private HeartbeatResult beat(String memberId, int epoch, List<TopicPartitions> owned) {
        return say(memberId, epoch, null, null, owned);
    }

    private HeartbeatResult say(
            String memberId, int epoch, String instanceId, List<String> topics, List<TopicPartitions> owned) {
        return answer(new ConsumerHeartbeat(
                AnyGroup.ID, memberId, epoch, instanceId, null, epoch == 0 ? 60_000 : -1, topics, null, null, owned));
    }

    private HeartbeatResult answer(ConsumerHeartbeat said) {
        long request = group.request(number -> new ConsumerGroupEvent.Heartbeat(
                number, new GroupEvent.Client("c", "/127.0.0.1"), said, group.freshId()));
        return (HeartbeatResult) group.answerTo(request);
    }

    private ErrorCode commit(String memberId, int epoch, boolean knowsEpochs, Integer... partitions) {
        Map<TopicPartition, CommittedOffset> offsets = new HashMap<>();
        for (int partition : partitions) {
            offsets.put(
                    new TopicPartition("a", partition),
                    new CommittedOffset(0, -1, "", 0, CommittedOffset.NO_EXPIRY, idOfA()));
        }
        GroupMember member = new GroupMember(AnyGroup.ID, epoch, memberId, null);
        long request =
                group.request(number -> new GroupEvent.Commit(number, new OffsetsWanted(member, knowsEpochs, offsets)));
        return (ErrorCode) group.answerTo(request);
    }

    private UUID idOfA() {
        return group.topics().find("a").orElseThrow().id();
    }

    private List<TopicPartitions> owned(Integer... partitions) {
        return List.of(new TopicPartitions(idOfA(), List.of(partitions)));
    }

    private Integer[] kept(String memberId) {
        return group.consumers()
                .members()
                .get(memberId)
                .current()
                .assigned()
                .get(idOfA())
                .keySet()
                .toArray(Integer[]::new);
    }

    private static int size(HeartbeatResult result) {
        return result.assignment().values().stream().mapToInt(Set::size).sum();
    }

    private static void assertRefused(HeartbeatResult result, ErrorCode error, String words) {
        assertEquals(error, result.error());
        assertTrue(result.message().contains(words), result.message());
    }
}
