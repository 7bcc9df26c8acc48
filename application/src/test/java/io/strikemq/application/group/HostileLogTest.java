package io.strikemq.application.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.coordinator.SkippedPieces;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.classic.ClassicGroupRecord;
import io.strikemq.domain.group.classic.GroupDescription;
import io.strikemq.domain.group.classic.GroupSnapshot;
import io.strikemq.domain.group.log.CommittedOffset;
import io.strikemq.domain.group.log.GroupRecord;
import io.strikemq.domain.offset.OffsetCommit;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicRef;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever clients have brought into the log, the broker starts again with it. */
class HostileLogTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);

    private final Coordinator coordinator = new Coordinator();

    @ParameterizedTest
    @ValueSource(longs = {10_000_000_000_000_000L, Long.MAX_VALUE, Long.MAX_VALUE / 1_000_000})
    void anOffsetThatIsToBeKeptForAgesIsKept(long retentionMs) {
        assertEquals(List.of(ErrorCode.NONE), commit(-1, retentionMs));
        coordinator.restart();
        coordinator.time.advance(Duration.ofDays(100));
        assertEquals(7, coordinator.committed("g", TopicRef.byName("orders"), 0).offset());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -2, Long.MIN_VALUE})
    void anOffsetThatEndedBeforeItWasCommittedIsAcceptedAndForgotten(long retentionMs) {
        assertEquals(List.of(ErrorCode.NONE), commit(-1, retentionMs));
        coordinator.restart();
        coordinator.time.advance(Duration.ZERO);
        assertEquals(List.of(), coordinator.committed("g"));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MAX_VALUE - 1, Long.MIN_VALUE, -2, 0})
    void aClientsClockMayShowAnyTime(long commitTimestamp) {
        assertEquals(List.of(ErrorCode.NONE), commit(commitTimestamp, -1));
        coordinator.restart();
        coordinator.time.advance(Duration.ZERO);
        assertEquals(commitTimestamp > 0, coordinator.inspection.exists("g"));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, -1, -5})
    void theTimesOfALogMayBeAny(long time) {
        log(new ClassicGroupRecord("empty", new GroupSnapshot("empty", "consumer", null, 1, null, time, List.of())));
        log(new GroupRecord.Offset("empty", PARTITION, new CommittedOffset(1, -1, "", time, -1, Coordinator.TOPIC_ID)));
        log(new GroupRecord.Offset("other", PARTITION, new CommittedOffset(1, -1, "", time, time, null)));
        coordinator.restart();
        coordinator.time.advance(Duration.ofDays(8));
        coordinator.inspection.list(Coordinator.from("x"), List.of(), List.of());
    }

    @Test
    void afterTheLastGenerationComesTheFirst() {
        log(new ClassicGroupRecord("g", snapshot("range", Integer.MAX_VALUE, "m", member("m", null))));
        coordinator.restart();
        assertEquals(ErrorCode.NONE, coordinator.heartbeat("m", Integer.MAX_VALUE));
        coordinator.leave("m");
        assertEquals(1, describe().generationId());
        log(new ClassicGroupRecord("g", snapshot("range", -7, "m", member("m", null))));
        coordinator.restart();
        assertEquals(0, describe().generationId());
    }

    @Test
    void aGroupWhoseLeaderIsNoMemberGetsAnother() {
        log(new ClassicGroupRecord("g", snapshot("range", 3, "gone", member("a", null), member("b", null))));
        coordinator.restart();
        assertEquals("a", describe().leaderId());
        var joined = coordinator.join("x", "");
        coordinator.time.advance(Duration.ofSeconds(61));
        assertTrue(joined.isDone());
    }

    /** A static member for which nobody is to wait, and that does not come: the timer must not run hot until it expires. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aRebalanceTimeoutOfNothingTakesNoTime() {
        log(new ClassicGroupRecord("g", snapshot("range", 3, "a", hasty("a"), hasty("b"))));
        coordinator.restart();
        coordinator.leave("b");
        coordinator.time.advance(Duration.ofMinutes(31));
        assertEquals("Empty", describe().state());
    }

    private static GroupSnapshot.Member hasty(String id) {
        return new GroupSnapshot.Member(
                id,
                "instance-" + id,
                "client",
                "/127.0.0.1",
                Duration.ZERO,
                Duration.ofMinutes(30),
                ByteBuffer.allocate(0),
                ByteBuffer.allocate(0));
    }

    @Test
    void membersThatCannotBeAreLeftOutAndTheGroupGoesOn() {
        List<GroupSnapshot> impossible = List.of(
                snapshot(null, 3, "m", member("m", null)),
                snapshot("range", 3, "m", member("m", null), member("m", null)),
                snapshot("range", 3, "", member("", null)),
                snapshot("range", 3, "a", member("a", "i"), member("b", "i")),
                new GroupSnapshot("g", "", "range", 3, "m", 0, List.of(member("m", null))));
        for (GroupSnapshot snapshot : impossible) {
            coordinator.commit(Coordinator.outsider("other"), Coordinator.offset(0, 5));
            log(new ClassicGroupRecord("g", snapshot));
            coordinator.restart();
            assertEquals("Empty", describe().state());
            assertEquals(3, describe().generationId());
            assertEquals(5, coordinator.committed("other").get(0).offset());
            coordinator.join("a", "");
            coordinator.time.advance(Duration.ZERO);
            assertEquals(4, describe().generationId());
        }
    }

    @Test
    void anEmptyGroupThatNamesALeaderHasNone() {
        log(new ClassicGroupRecord("g", snapshot("range", 3, "ghost")));
        coordinator.restart();
        coordinator.stableMember();
        assertEquals("Stable", describe().state());
    }

    /** Row by row for a few, in one line for all: a log of a million damaged records makes no log of a million lines. */
    @Test
    void whatIsSkippedIsNamedUpToABoundAndCounted() {
        LoadedGroups loaded = new LoadedGroups();
        List<String> lines = linesOf(LoadedGroups.class, () -> {
            for (int i = 0; i < 1000; i++) {
                loaded.skipped("record " + i, "it is damaged");
            }
            loaded.report();
        });
        assertEquals(SkippedPieces.MOST_NAMED + 1, lines.size());
        assertEquals("Skipping record 0: it is damaged", lines.get(0));
        assertTrue(lines.get(SkippedPieces.MOST_NAMED).contains("without 1000 records"), lines.toString());
        assertFalse(lines.get(SkippedPieces.MOST_NAMED - 1).contains("1000"));
    }

    private static List<String> linesOf(Class<?> speaker, Runnable action) {
        List<String> lines = new ArrayList<>();
        Logger logger = Logger.getLogger(speaker.getName());
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage());
            }

            @Override
            public void flush() {
                // Nothing is held back.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        logger.addHandler(listener);
        try {
            action.run();
        } finally {
            logger.removeHandler(listener);
        }
        return lines;
    }

    private List<ErrorCode> commit(long commitTimestamp, long retentionMs) {
        return coordinator.commit(
                Coordinator.outsider("g"),
                new OffsetCommit(TopicRef.byName("orders"), 0, 7, -1, "", commitTimestamp, retentionMs));
    }

    private void log(GroupRecord groupRecord) {
        coordinator.log.append(List.of(groupRecord));
    }

    private GroupDescription describe() {
        return coordinator.inspection.describe(Coordinator.from("x"), "g");
    }

    private static GroupSnapshot snapshot(
            String protocol, int generation, String leader, GroupSnapshot.Member... members) {
        return new GroupSnapshot("g", "consumer", protocol, generation, leader, 0, List.of(members));
    }

    private static GroupSnapshot.Member member(String id, String instanceId) {
        return new GroupSnapshot.Member(
                id,
                instanceId,
                "client",
                "/127.0.0.1",
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                ByteBuffer.wrap(new byte[] {1, 2, 3}),
                ByteBuffer.wrap(new byte[] {4}));
    }
}
