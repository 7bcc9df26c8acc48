package io.strikemq.domain.group.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.group.Group;
import io.strikemq.domain.group.GroupDeadline.Kind;
import io.strikemq.domain.group.GroupDeadline.Slot;
import io.strikemq.domain.group.GroupEvent;
import io.strikemq.domain.group.GroupTimers;
import io.strikemq.domain.group.classic.ClassicGroup;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** What holds of a consumer group after every event, whatever happened before. */
final class GroupInvariants {
    private GroupInvariants() {}

    static void check(Group before, GroupEvent event, Group now, GroupTimers deadlines, Collection<Long> open) {
        if (now instanceof ConsumerGroup group) {
            if (before instanceof ConsumerGroup same && !same.isDead()) {
                epochsOnlyGrow(same, group);
            } else if (before instanceof ClassicGroup classic && !classic.isEmpty()) {
                assertTrue(group.epoch() >= classic.generation().id(), "the epoch goes on from the generation");
            }
            noEpochIsAheadOfTheGroups(group);
            everyPartitionIsOneMembers(group);
            everybodyHasADeadline(group, deadlines);
            assertTrue(open.isEmpty(), "nobody waits in a consumer group after " + event + ": " + open);
        } else if (before instanceof ConsumerGroup group && now instanceof ClassicGroup classic && !now.isEmpty()) {
            boolean isNew = group.isEmpty();
            assertTrue(isNew || classic.generation().id() >= group.epoch(), "the generation goes on from the epoch");
            assertTrue(
                    deadlines.slots().stream().noneMatch(slot -> slot.kind() == Kind.REVOCATION),
                    "nobody has anything to give up in a classic group");
        }
    }

    private static void epochsOnlyGrow(ConsumerGroup before, ConsumerGroup now) {
        assertTrue(now.epoch() >= before.epoch(), "the group's epoch grows");
        assertTrue(now.assignmentEpoch() >= before.assignmentEpoch(), "the target's epoch grows");
        now.members().forEach((id, member) -> {
            ConsumerMember then = before.members().get(id);
            boolean isAway = member.epoch() == ConsumerHeartbeat.LEAVING_FOR_A_WHILE;
            if (then != null && !isAway) {
                assertTrue(member.epoch() >= then.epoch(), () -> "a member's epoch grows: " + then + " " + member);
            }
        });
    }

    private static void noEpochIsAheadOfTheGroups(ConsumerGroup group) {
        assertTrue(group.assignmentEpoch() <= group.epoch(), "the target is of an epoch that the group has reached");
        group.members()
                .values()
                .forEach(member -> assertTrue(
                        member.epoch() <= group.assignmentEpoch(),
                        () -> "a member is ahead of the target: " + member + " " + group.assignmentEpoch()));
    }

    private static void everyPartitionIsOneMembers(ConsumerGroup group) {
        Map<UUID, Map<Integer, Integer>> had = new HashMap<>();
        Map<UUID, Map<Integer, String>> meant = new HashMap<>();
        for (ConsumerMember member : group.members().values()) {
            for (Map<UUID, Map<Integer, Integer>> some :
                    List.of(member.current().assigned(), member.current().revoked())) {
                some.forEach((topic, epochs) -> epochs.forEach((partition, since) -> {
                    Integer other =
                            had.computeIfAbsent(topic, id -> new HashMap<>()).put(partition, member.epoch());
                    assertNull(other, () -> "two members have " + topic + "-" + partition);
                    assertTrue(since <= group.epoch(), () -> "a partition was got at an epoch to come: " + member);
                }));
            }
            group.targetOf(member.id())
                    .forEach((topic, partitions) -> partitions.forEach(partition -> assertNull(
                            meant.computeIfAbsent(topic, id -> new HashMap<>()).put(partition, member.id()),
                            () -> "two members are to have " + topic + "-" + partition)));
        }
        assertEquals(had, group.partitionEpochs(), "the group knows who has what");
        assertTrue(group.members().keySet().containsAll(group.target().members().keySet()), "targets are members'");
    }

    private static void everybodyHasADeadline(ConsumerGroup group, GroupTimers deadlines) {
        for (ConsumerMember member : group.members().values()) {
            String id = member.id();
            assertTrue(deadlines.has(Slot.session(id)), id + " has no session");
            boolean revokes = member.current().state() == MemberState.UNREVOKED_PARTITIONS
                    && member.epoch() != ConsumerHeartbeat.LEAVING_FOR_A_WHILE;
            boolean mayKeepOthersWaiting = revokes && !member.isClassic();
            assertTrue(
                    !mayKeepOthersWaiting || deadlines.has(new Slot(Kind.REVOCATION, id)),
                    () -> id + " may keep its partitions for ever: " + member);
        }
        for (Slot slot : deadlines.slots()) {
            assertTrue(
                    slot.memberId() != null && group.members().containsKey(slot.memberId()),
                    () -> slot + " is nobody's deadline");
        }
    }

    /** Two groups of which one was read back from the log: what is to survive is the same. */
    static void assertSame(Group group, Group read) {
        if (group instanceof ConsumerGroup was && !was.isDead()) {
            ConsumerGroup is = (ConsumerGroup) read;
            assertEquals(new TreeMap<>(was.members()), new TreeMap<>(is.members()));
            assertEquals(was.target(), is.target());
            assertEquals(was.epoch(), is.epoch());
            assertEquals(was.metadataHash(), is.metadataHash());
            assertEquals(was.regexes(), is.regexes());
            assertEquals(was.partitionEpochs(), is.partitionEpochs());
            assertEquals(was.hasPartitionMetadata(), is.hasPartitionMetadata());
        } else {
            assertTrue(read instanceof ClassicGroup, () -> "a classic group is read back, not " + read.listing());
            assertEquals(
                    Set.of(),
                    group instanceof ClassicGroup
                            ? Set.of()
                            : ((ConsumerGroup) group).members().keySet());
        }
    }
}
