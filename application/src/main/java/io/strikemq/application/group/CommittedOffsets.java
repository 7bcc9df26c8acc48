package io.strikemq.application.group;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.Group;
import io.strikemq.domain.group.log.CommittedOffset;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionGuard;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.request.Printable;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The offsets that a group has committed, and those that open transactions may commit: in memory, in the log, and until they
 * end. In memory is what the log has; each method changes the log first. Guarded by the group's lock.
 */
final class CommittedOffsets {
    private static final Logger LOG = System.getLogger(CommittedOffsets.class.getName());

    private final String groupId;
    private final OffsetTable table;
    private final Supplier<Group> group;
    private final CoordinatorContext context;
    private final GroupLogWriter log;
    private final Runnable onGroupGone;
    private final RetentionWatch retention;

    /**
     * @param group       the group as it is now
     * @param underLock   runs something with the group's lock held
     * @param onGroupGone is called, with the lock held, when the group ended with its last offset
     */
    CommittedOffsets(
            String groupId,
            OffsetTable table,
            Supplier<Group> group,
            CoordinatorContext context,
            Consumer<Runnable> underLock,
            Runnable onGroupGone) {
        this.groupId = groupId;
        this.table = table;
        this.group = group;
        this.context = context;
        this.log = new GroupLogWriter(groupId, context.log());
        this.onGroupGone = onGroupGone;
        this.retention = new RetentionWatch(context, underLock, this::expire);
        table.producers().forEach(producer -> context.pendingGroups().add(producer, groupId));
    }

    /** What is committed; only read. */
    OffsetTable table() {
        return table;
    }

    /** The group is in another state: its offsets may end at another time. */
    void groupChanged() {
        retention.changed(group.get(), table);
        context.changed().run();
    }

    /** Commits all or none, but for offsets of topics that are gone by now. */
    ErrorCode commit(Map<TopicPartition, CommittedOffset> committed) {
        Map<TopicPartition, CommittedOffset> there = ofTopicsThatAreThere(committed);
        if (there.isEmpty()) {
            return ErrorCode.NONE;
        }
        ErrorCode error = log.offsets(there);
        if (error == ErrorCode.NONE) {
            there.forEach(table::put);
            there.values().forEach(retention::committed);
            context.changed().run();
        }
        return error;
    }

    /** Writes down offsets that a producer's transaction is to commit: all or none, as {@link #commit}. */
    ErrorCode commit(Map<TopicPartition, CommittedOffset> pending, ProducerIdentity producer, TransactionGuard guard) {
        Map<TopicPartition, CommittedOffset> there = ofTopicsThatAreThere(pending);
        if (there.isEmpty()) {
            return ErrorCode.NONE;
        }
        context.pendingGroups().add(producer.id(), groupId);
        GroupLogWriter.Written written = log.offsets(there, producer, guard);
        if (written.error() == ErrorCode.NONE) {
            there.forEach((partition, offset) -> table.putPending(partition, producer.id(), offset, written.at()));
        } else {
            forgetWithoutPending(producer.id());
        }
        return written.error();
    }

    private void forgetWithoutPending(long producerId) {
        if (!table.producers().contains(producerId)) {
            context.pendingGroups().remove(producerId, groupId);
        }
    }

    /** A producer's transaction has ended, with a marker that is in the log. */
    void transactionEnded(long producerId, LogPosition marker, Outcome outcome) {
        table.end(producerId, marker, outcome);
        forgetWithoutPending(producerId);
        groupChanged();
    }

    /**
     * A topic that is deleted is first taken from the registry, and then its offsets from here. So whoever finds it
     * there, with the group's lock held, can be sure that its offsets will go with it.
     */
    private Map<TopicPartition, CommittedOffset> ofTopicsThatAreThere(Map<TopicPartition, CommittedOffset> committed) {
        Map<TopicPartition, CommittedOffset> there = new LinkedHashMap<>(committed);
        there.values().removeIf(offset -> !context.topics().isThere(offset.topicId()));
        return there;
    }

    /** Forgets these offsets, all or none. */
    ErrorCode delete(List<TopicPartition> partitions) {
        ErrorCode error = log.offsetsGone(partitions);
        if (error == ErrorCode.NONE) {
            forget(partitions);
        }
        return error;
    }

    private void forget(List<TopicPartition> partitions) {
        Set<Long> producers = Set.copyOf(table.producers());
        partitions.forEach(table::remove);
        producers.forEach(this::forgetWithoutPending);
        groupChanged();
    }

    /** Forgets the offsets of a topic that is gone; those that are known to be of another of that name stay. */
    void topicDeleted(Topic topic) {
        forgetDeleted((partition, offset) -> partition.topic().equals(topic.name())
                && (offset.topicId() == null || offset.topicId().equals(topic.id())));
    }

    /**
     * Forgets the offsets of all topics that are not there, or not any more the same: the broker ended before it had
     * forgotten them. Returns how many there were.
     */
    int forgetDeletedTopics() {
        return forgetDeleted((partition, offset) -> offset.topicId() == null
                ? context.topics().find(partition.topic()).isEmpty()
                : !context.topics().isThere(offset.topicId()));
    }

    /** What the log does not take is forgotten all the same, and once more at the next start. */
    private int forgetDeleted(BiPredicate<TopicPartition, CommittedOffset> which) {
        List<TopicPartition> gone = table.partitionsWithPending(which);
        if (!gone.isEmpty()) {
            if (log.offsetsGone(gone) != ErrorCode.NONE) {
                LOG.log(
                        Level.WARNING,
                        "Group " + Printable.name(groupId) + " forgets offsets of deleted topics until the next start");
            }
            forget(gone);
        }
        return gone.size();
    }

    /** Forgets what has ended; a group without members goes with its last offset. */
    private void expire() {
        long now = context.clock().wallClockMillis();
        OptionalLong due = context.retention().next(group.get(), table);
        if (due.isEmpty() || due.getAsLong() > now) {
            groupChanged();
            return;
        }
        List<TopicPartition> expired = context.retention().expired(group.get(), table, now);
        boolean last = expired.size() == table.all().size()
                && !table.hasPending()
                && group.get().deletable() == ErrorCode.NONE;
        ErrorCode error = last ? log.groupGone(group.get().tombstones(), expired) : log.offsetsGone(expired);
        if (error != ErrorCode.NONE) {
            retention.retry();
        } else if (last) {
            onGroupGone.run();
        } else {
            forget(expired);
        }
    }

    /** The group is dead: nothing is left in memory, and no timer. */
    void clear() {
        table.producers().forEach(producer -> context.pendingGroups().remove(producer, groupId));
        table.clear();
        retention.cancel();
    }
}
