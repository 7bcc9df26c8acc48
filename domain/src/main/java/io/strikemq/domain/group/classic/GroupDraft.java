package io.strikemq.domain.group.classic;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupDeadline;
import io.strikemq.domain.group.GroupDeadline.Slot;
import io.strikemq.domain.group.GroupEffect;
import io.strikemq.domain.group.Transition;
import io.strikemq.domain.group.classic.ClassicGroup.Generation;
import io.strikemq.domain.group.classic.ClassicGroup.Phase;
import io.strikemq.domain.group.classic.JoinResult.Joined;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A group while an event changes it, and the effects so far. Lives for one event only.
 *
 * <p>Every request that a member waits with is answered when the member goes or asks again, so that none is forgotten.
 */
final class GroupDraft {
    private final ClassicGroup before;
    private final long nowMs;
    private final List<GroupEffect> effects = new ArrayList<>();

    private Phase phase;
    private Generation generation;
    private boolean newMemberAdded;
    private Map<String, Map<String, Set<Integer>>> script;
    /** Copies of the collections of {@link #before}, made at the first change. */
    private Map<String, ClassicMember> members;

    private Set<String> pendingJoin;
    private Set<String> pendingSync;

    GroupDraft(ClassicGroup before, long nowMs) {
        this.before = before;
        this.nowMs = nowMs;
        this.phase = before.phase();
        this.generation = before.generation();
        this.newMemberAdded = before.newMemberAdded();
        this.script = before.script();
        this.members = before.members();
        this.pendingJoin = before.pendingJoin();
        this.pendingSync = before.pendingSync();
    }

    /** The group as it is now, with what is to be done. */
    Transition<ClassicGroup> finish() {
        boolean changed = members != before.members()
                || pendingJoin != before.pendingJoin()
                || pendingSync != before.pendingSync()
                || phase != before.phase()
                || generation != before.generation()
                || newMemberAdded != before.newMemberAdded()
                || script != before.script();
        ClassicGroup next = changed
                ? new ClassicGroup(
                        before.groupId(), phase, generation, members, pendingJoin, pendingSync, newMemberAdded, script)
                : before;
        return new Transition<>(next, effects);
    }

    ClassicGroupState state() {
        return phase.state();
    }

    boolean is(ClassicGroupState state) {
        return phase.state() == state;
    }

    /** Whether this rebalance is the first one after the group was empty. */
    boolean isInitialRebalance() {
        return phase.previous() == ClassicGroupState.EMPTY;
    }

    /** Goes to another state; whether that is legal is checked here and nowhere else. */
    void transitionTo(ClassicGroupState target) {
        if (!target.legalPredecessors().contains(phase.state())) {
            throw new IllegalStateException(
                    "group " + before.groupId() + " cannot become " + target + " from " + phase.state());
        }
        phase = new Phase(target, phase.state(), nowMs);
    }

    Generation generation() {
        return generation;
    }

    /** After the largest number comes 1: a negative one would mean that a member takes no part in the protocol. */
    void nextGeneration(String protocolName) {
        int next = generation.id() == Integer.MAX_VALUE ? 1 : generation.id() + 1;
        generation = new Generation(next, generation.protocolType(), protocolName, generation.leaderId());
    }

    String leaderId() {
        return generation.leaderId();
    }

    boolean isLeader(String memberId) {
        return memberId.equals(generation.leaderId());
    }

    void lead(String memberId) {
        generation = new Generation(generation.id(), generation.protocolType(), generation.protocolName(), memberId);
    }

    boolean newMemberAdded() {
        return newMemberAdded;
    }

    void newMemberAdded(boolean added) {
        newMemberAdded = added;
    }

    /** What members are to get next, by topic, by member id; null where their leader says it. */
    Map<String, Map<String, Set<Integer>>> script() {
        return script;
    }

    /** From now on this is what members are to get next; null for what their leader says. */
    void script(Map<String, Map<String, Set<Integer>>> next) {
        script = next;
    }

    /** All members as they are now; later changes do not show in it. */
    Collection<ClassicMember> members() {
        return List.copyOf(members.values());
    }

    Map<String, ClassicMember> membersById() {
        return members;
    }

    ClassicMember member(String memberId) {
        ClassicMember member = members.get(memberId);
        if (member == null) {
            throw new IllegalStateException("group " + before.groupId() + " has no member " + memberId);
        }
        return member;
    }

    boolean hasMember(String memberId) {
        return members.containsKey(memberId);
    }

    Optional<ClassicMember> memberByInstance(String instanceId) {
        return MemberCheck.byInstance(members, instanceId);
    }

    boolean isPending(String memberId) {
        return pendingJoin.contains(memberId);
    }

    boolean hasAllMembersJoined() {
        return pendingJoin.isEmpty() && members.values().stream().allMatch(ClassicMember::isAwaitingJoin);
    }

    long awaitingJoin() {
        return members.values().stream().filter(ClassicMember::isAwaitingJoin).count();
    }

    /** The longest time that a member wants to be waited for. */
    Duration rebalanceTimeout() {
        return members.values().stream()
                .map(member -> member.memberMetadata().rebalanceTimeout())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    void add(ClassicMember member) {
        if (members.isEmpty()) {
            generation = new Generation(
                    generation.id(),
                    member.memberMetadata().protocolType(),
                    generation.protocolName(),
                    generation.leaderId());
        }
        if (generation.leaderId() == null) {
            lead(member.id());
        }
        put(member);
        ownPendingJoin().remove(member.id());
    }

    /** Adds a member or replaces the one of the same id. */
    void put(ClassicMember member) {
        if (members == before.members()) {
            members = new LinkedHashMap<>(members);
        }
        members.put(member.id(), member);
    }

    /** Takes out a member or a pending one, with its session; what it waits for is answered by {@code error}. */
    void remove(String memberId, ErrorCode error) {
        ClassicMember member = members.get(memberId);
        if (member != null) {
            refuseParked(member, error, "");
            if (members == before.members()) {
                members = new LinkedHashMap<>(members);
            }
            members.remove(memberId);
        }
        if (isLeader(memberId)) {
            lead(members.isEmpty() ? null : members.keySet().iterator().next());
        }
        ownPendingJoin().remove(memberId);
        ownPendingSync().remove(memberId);
        cancelDeadline(Slot.session(memberId));
    }

    /** Gives a static member another id in its place, and fences whoever waits under the old one. */
    ClassicMember rename(ClassicMember old, String newId) {
        refuseParked(old, ErrorCode.FENCED_INSTANCE_ID, old.id());
        ClassicMember renamed = old.renamed(newId);
        Map<String, ClassicMember> copy = new LinkedHashMap<>();
        for (ClassicMember member : members.values()) {
            ClassicMember kept = member.id().equals(old.id()) ? renamed : member;
            copy.put(kept.id(), kept);
        }
        members = copy;
        if (isLeader(old.id())) {
            lead(newId);
        }
        cancelDeadline(Slot.session(old.id()));
        return renamed;
    }

    /** Lets a member wait with a join; an earlier one that still waits is sent away. */
    void park(ClassicMember member, long joinRequest) {
        if (member.isAwaitingJoin()) {
            answerJoin(member.joinRequest(), JoinResult.refused(ErrorCode.REBALANCE_IN_PROGRESS, member.id()));
        }
        put(member.withJoinRequest(joinRequest));
    }

    /** Lets a member wait with a sync; an earlier one that still waits is sent away. */
    void parkSync(ClassicMember member, long syncRequest) {
        if (member.isAwaitingSync()) {
            answerSync(member.syncRequest(), SyncResult.refused(ErrorCode.REBALANCE_IN_PROGRESS));
        }
        put(member.withSyncRequest(syncRequest));
    }

    private void refuseParked(ClassicMember member, ErrorCode error, String toldId) {
        if (member.isAwaitingJoin()) {
            answerJoin(member.joinRequest(), JoinResult.refused(error, toldId));
        }
        if (member.isAwaitingSync()) {
            answerSync(member.syncRequest(), SyncResult.refused(error));
        }
    }

    void addPending(String memberId) {
        ownPendingJoin().add(memberId);
    }

    Set<String> pendingJoin() {
        return Set.copyOf(pendingJoin);
    }

    Set<String> pendingSync() {
        return Set.copyOf(pendingSync);
    }

    void awaitSyncOf(String memberId) {
        ownPendingSync().add(memberId);
    }

    /** A member asked for its assignment; after the last one nothing is left to wait for. */
    void synced(String memberId) {
        if (ownPendingSync().remove(memberId) && pendingSync.isEmpty()) {
            cancelDeadline(Slot.SYNC);
        }
    }

    void forgetPendingSyncs() {
        if (!pendingSync.isEmpty()) {
            ownPendingSync().clear();
        }
        cancelDeadline(Slot.SYNC);
    }

    private Set<String> ownPendingJoin() {
        if (pendingJoin == before.pendingJoin()) {
            pendingJoin = new LinkedHashSet<>(pendingJoin);
        }
        return pendingJoin;
    }

    private Set<String> ownPendingSync() {
        if (pendingSync == before.pendingSync()) {
            pendingSync = new LinkedHashSet<>(pendingSync);
        }
        return pendingSync;
    }

    /** The stored form of the group as it is now. */
    GroupSnapshot snapshot(Map<String, ByteBuffer> assignments) {
        return ClassicGroup.snapshot(phase.since(), before.groupId(), generation, members.values(), assignments);
    }

    /** The answer to a member's join in the current generation. */
    JoinResult joined(String memberId, String leaderId, boolean skipAssignment, List<Joined> told) {
        return new JoinResult(
                ErrorCode.NONE,
                generation.id(),
                generation.protocolType(),
                generation.protocolName(),
                leaderId,
                skipAssignment,
                memberId,
                told);
    }

    /** Everybody, as the leader is told. */
    List<Joined> everybody() {
        return members.values().stream()
                .map(member -> new Joined(member.id(), member.instanceId(), member.metadata(generation.protocolName())))
                .toList();
    }

    void answerJoin(long request, JoinResult result) {
        effects.add(new GroupEffect.Answer(request, result));
    }

    void answerSync(long request, SyncResult result) {
        effects.add(new GroupEffect.Answer(request, result));
    }

    void setDeadline(GroupDeadline deadline, Duration delay) {
        effects.add(new GroupEffect.SetDeadline(deadline, delay));
    }

    /** Gives a member the time of its session from now. */
    void renewSession(ClassicMember member) {
        setDeadline(
                new GroupDeadline.Session(member.id()), member.memberMetadata().sessionTimeout());
    }

    void cancelDeadline(Slot slot) {
        effects.add(new GroupEffect.CancelDeadline(slot));
    }

    /** Has the group written to the log. */
    void store(GroupSnapshot snapshot, StorePurpose purpose) {
        effects.add(new GroupEffect.Store(new ClassicGroupRecord(before.groupId(), snapshot), purpose));
    }

    void effect(GroupEffect effect) {
        effects.add(effect);
    }
}
