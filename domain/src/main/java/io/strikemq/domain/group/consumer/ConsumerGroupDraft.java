package io.strikemq.domain.group.consumer;

import io.strikemq.domain.group.Group;
import io.strikemq.domain.group.GroupDeadline;
import io.strikemq.domain.group.GroupDeadline.Slot;
import io.strikemq.domain.group.GroupEffect;
import io.strikemq.domain.group.Transition;
import io.strikemq.domain.group.consumer.ConsumerGroup.Passing;
import io.strikemq.domain.group.log.GroupRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A consumer group while an event changes it. All changes are records: what they make of the group is what a restart would
 * read. Lives for one event only.
 */
public final class ConsumerGroupDraft {
    private final ConsumerGroup before;
    private final ConsumerGroupBuilder next;
    private final long nowMs;
    private final List<GroupRecord> records = new ArrayList<>();
    private final List<GroupEffect> effects = new ArrayList<>();
    private int epoch;
    private int assignmentEpoch;
    private Passing passing;

    public ConsumerGroupDraft(ConsumerGroup before, long nowMs) {
        this.before = before;
        this.nowMs = nowMs;
        this.next = new ConsumerGroupBuilder(before);
        this.epoch = before.epoch();
        this.assignmentEpoch = before.assignmentEpoch();
        this.passing = before.passing();
    }

    /** The group before the event. */
    public ConsumerGroup before() {
        return before;
    }

    /** Its id. */
    public String groupId() {
        return before.groupId();
    }

    /** The moment of the event, in ms. */
    public long nowMs() {
        return nowMs;
    }

    /** The group's epoch, as it is by now. */
    public int epoch() {
        return epoch;
    }

    /** The epoch of the target, as it is by now. */
    public int assignmentEpoch() {
        return assignmentEpoch;
    }

    /** The members as they are by now; only read. */
    public Map<String, ConsumerMember> members() {
        return next.members();
    }

    Map<String, ResolvedRegex> regexes() {
        return next.regexes();
    }

    /** What the member is to have, as it is by now. */
    public Map<UUID, Set<Integer>> targetOf(String memberId) {
        return next.targetOf(memberId);
    }

    Subscriptions subscriptions() {
        // The builder copies what it changes: what is the same object has not changed.
        return next.members() == before.members() && next.regexes() == before.regexes()
                ? before.subscriptions()
                : new Subscriptions(next.members().values(), next.regexes());
    }

    /** What is to be done and written before all else: the group was another one until now. */
    public void began(List<GroupRecord> written, List<GroupEffect> done) {
        records.addAll(0, written);
        effects.addAll(0, done);
    }

    private void change(ConsumerGroupRecord change) {
        records.add(change);
        next.replay(change);
    }

    /** A member has said something. */
    public void say(ConsumerMember member) {
        change(new ConsumerGroupRecord.Member(groupId(), member.id(), member.metadata()));
    }

    /** A member has come somewhere. */
    public void move(ConsumerMember member) {
        change(new ConsumerGroupRecord.Current(groupId(), member.id(), member.current()));
    }

    void target(String memberId, Map<UUID, Set<Integer>> partitions) {
        change(new ConsumerGroupRecord.Target(groupId(), memberId, partitions));
    }

    void targetReaches(int epochOfTarget, long timestamp) {
        assignmentEpoch = epochOfTarget;
        change(new ConsumerGroupRecord.TargetEpoch(
                groupId(), new ConsumerGroupRecord.TargetEpochValue(epochOfTarget, timestamp)));
    }

    void nextEpoch(long metadataHash) {
        epoch = epoch + 1;
        change(new ConsumerGroupRecord.Epoch(groupId(), new ConsumerGroupRecord.EpochValue(epoch, metadataHash)));
    }

    void regex(String regex, ResolvedRegex means) {
        change(new ConsumerGroupRecord.Regex(groupId(), regex, means));
    }

    void forgetPartitionMetadata() {
        change(new ConsumerGroupRecord.PartitionMetadata(groupId(), false));
    }

    /** A member goes; the records come in Kafka's order. */
    void remove(String memberId) {
        change(new ConsumerGroupRecord.Current(groupId(), memberId, null));
        change(new ConsumerGroupRecord.Target(groupId(), memberId, null));
        change(new ConsumerGroupRecord.Member(groupId(), memberId, null));
    }

    /** A static member takes the place of its former self. */
    void replace(ConsumerMember old, ConsumerMember by) {
        Map<UUID, Set<Integer>> target = targetOf(old.id());
        remove(old.id());
        say(by);
        target(by.id(), target);
        move(by);
        cancelDeadlines(old.id());
    }

    void sawTopics(long version) {
        passing = new Passing(
                version, passing.isResolving(), passing.isRevoking(), passing.emptySince(), passing.isDead());
    }

    void resolving(boolean isResolving) {
        passing = new Passing(
                passing.topicsVersion(), isResolving, passing.isRevoking(), passing.emptySince(), passing.isDead());
    }

    /** Whether the next target waits until everybody has given up what it had. */
    void revoking(boolean isRevoking) {
        passing = new Passing(
                passing.topicsVersion(), passing.isResolving(), isRevoking, passing.emptySince(), passing.isDead());
    }

    /** Whether somebody has not yet given up what all are to give up before the next target. */
    boolean isHeldByRevocation() {
        return passing.isRevoking()
                && members().values().stream()
                        .anyMatch(member -> member.epoch() != ConsumerHeartbeat.LEAVING_FOR_A_WHILE
                                && !member.current().isReconciledTo(assignmentEpoch));
    }

    /** Whether everybody has given up what all were to give up, and nobody has got anything since. */
    boolean isRevoked() {
        return passing.isRevoking() && !isHeldByRevocation();
    }

    /** Something must have happened by then. */
    public void setDeadline(GroupDeadline deadline, Duration delay) {
        effects.add(new GroupEffect.SetDeadline(deadline, delay));
    }

    /** It need not any more. */
    public void cancelDeadline(Slot slot) {
        effects.add(new GroupEffect.CancelDeadline(slot));
    }

    /** Nobody waits for this member any more. */
    void cancelDeadlines(String memberId) {
        cancelDeadline(Slot.session(memberId));
        cancelDeadline(new Slot(GroupDeadline.Kind.REVOCATION, memberId));
        cancelDeadline(new Slot(GroupDeadline.Kind.JOIN, memberId));
        cancelDeadline(new Slot(GroupDeadline.Kind.SYNC, memberId));
    }

    /** Something to be done. */
    public void effect(GroupEffect effect) {
        effects.add(effect);
    }

    /** Somebody is answered. */
    public void answer(long request, Object result) {
        effects.add(new GroupEffect.Answer(request, result));
    }

    /** The group as it is now, with what is to be done. */
    public Transition<Group> finish() {
        if (records.isEmpty()) {
            ConsumerGroup same = passing.equals(before.passing()) ? before : next.build(passing);
            return new Transition<>(same, effects);
        }
        if (next.members().isEmpty() && !before.members().isEmpty()) {
            passing = new Passing(passing.topicsVersion(), passing.isResolving(), false, nowMs, false);
        }
        return finish(next.build(passing));
    }

    /** The group as it is now becomes another one, which lies in the log from now on; these are to be done then. */
    public Transition<Group> finish(Group other, GroupRecord record, List<GroupEffect> more) {
        records.addAll(next.build(passing).tombstones());
        records.add(record);
        effects.addAll(more);
        return finish(other);
    }

    private Transition<Group> finish(Group other) {
        List<GroupEffect> all = new ArrayList<>();
        all.add(new GroupEffect.Append(records));
        all.addAll(effects);
        return new Transition<>(other, all);
    }
}
