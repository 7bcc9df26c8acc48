package io.strikemq.domain.group.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.group.GroupDeadline.Slot;
import io.strikemq.domain.group.GroupEvent;
import io.strikemq.domain.group.GroupTimers;
import io.strikemq.domain.group.steering.SteeringEvent;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** What holds after every event, whatever happened before. */
final class GroupInvariants {
    private GroupInvariants() {}

    static void check(
            ClassicGroup before, GroupEvent event, ClassicGroup group, GroupTimers deadlines, Collection<Long> open) {
        theLeaderIsAMember(group);
        generationsOnlyGrow(before, event, group);
        membersVanishForAReason(before, event, group);
        statesFitTheMembers(group);
        if (!group.is(ClassicGroupState.DEAD)) {
            everybodyHasADeadline(group, deadlines);
            whoWaitsBelongsToAMember(group, open);
        } else {
            assertTrue(open.isEmpty(), "nobody waits for a dead group: " + open);
        }
    }

    private static void theLeaderIsAMember(ClassicGroup group) {
        if (group.members().isEmpty()) {
            assertNull(group.generation().leaderId(), "no leader without members");
        } else {
            assertTrue(group.hasMember(group.generation().leaderId()), "the leader is a member");
        }
    }

    private static void generationsOnlyGrow(ClassicGroup before, GroupEvent event, ClassicGroup group) {
        if (!(event instanceof GroupEvent.Loaded)) {
            int growth = group.generation().id() - before.generation().id();
            assertTrue(growth == 0 || growth == 1, "generation grew by " + growth);
        }
    }

    private static void membersVanishForAReason(ClassicGroup before, GroupEvent event, ClassicGroup group) {
        Set<String> gone = new HashSet<>(before.members().keySet());
        gone.removeAll(group.members().keySet());
        boolean reason = event instanceof SteeringEvent
                || event instanceof ClassicGroupEvent.Leave
                || event instanceof GroupEvent.DeadlinePassed
                || event instanceof ClassicGroupEvent.Join
                || event instanceof GroupEvent.StoringFailed;
        assertTrue(reason || gone.isEmpty(), event + " made members vanish: " + gone);
    }

    private static void statesFitTheMembers(ClassicGroup group) {
        switch (group.state()) {
            case EMPTY -> assertTrue(group.members().isEmpty());
            case COMPLETING_REBALANCE -> {
                assertFalse(group.members().isEmpty());
                assertTrue(group.members().values().stream().noneMatch(ClassicMember::isAwaitingJoin));
            }
            case STABLE -> {
                assertFalse(group.members().isEmpty());
                assertTrue(group.members().values().stream()
                        .noneMatch(member -> member.isAwaitingJoin() || member.isAwaitingSync()));
            }
            case PREPARING_REBALANCE ->
                assertTrue(group.members().values().stream().noneMatch(ClassicMember::isAwaitingSync));
            case DEAD -> {}
        }
    }

    private static void everybodyHasADeadline(ClassicGroup group, GroupTimers deadlines) {
        for (ClassicMember member : group.members().values()) {
            boolean watched = deadlines.has(Slot.session(member.id()));
            assertTrue(watched || member.isExcusedFromHeartbeat(), member.id() + " has no session");
            if (member.isAwaitingJoin()) {
                assertTrue(deadlines.has(Slot.JOIN), member.id() + " waits in join for ever");
            }
            if (member.isAwaitingSync()) {
                assertTrue(deadlines.has(Slot.SYNC), member.id() + " waits in sync for ever");
            }
        }
        for (String pending : group.pendingJoin()) {
            assertTrue(deadlines.has(Slot.session(pending)), pending + " is pending for ever");
        }
        if (group.is(ClassicGroupState.PREPARING_REBALANCE)) {
            assertTrue(deadlines.has(Slot.JOIN), "a rebalance without a deadline");
        }
        boolean assigning = group.is(ClassicGroupState.COMPLETING_REBALANCE) || group.is(ClassicGroupState.STABLE);
        assertTrue(assigning || !deadlines.has(Slot.SYNC), "nobody is to sync in " + group.state());
    }

    private static void whoWaitsBelongsToAMember(ClassicGroup group, Collection<Long> open) {
        Set<Long> parked = new HashSet<>();
        for (ClassicMember member : group.members().values()) {
            if (member.isAwaitingJoin()) {
                parked.add(member.joinRequest());
            }
            if (member.isAwaitingSync()) {
                parked.add(member.syncRequest());
            }
        }
        assertEquals(parked, new HashSet<>(open), "each open request is parked with one member");
    }
}
