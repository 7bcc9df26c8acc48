package io.strikemq.application.group;

import io.strikemq.application.coordinator.SkippedPieces;
import io.strikemq.domain.group.classic.ClassicGroupRecord;
import io.strikemq.domain.group.classic.GroupSnapshot;
import io.strikemq.domain.group.consumer.ConsumerGroup;
import io.strikemq.domain.group.consumer.ConsumerGroupBuilder;
import io.strikemq.domain.group.consumer.ConsumerGroupRecord;
import io.strikemq.domain.group.log.GroupRecord;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import java.lang.System.Logger;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the log says of all groups: of each the last word. What could not be read is named in the broker's log. For one
 * thread.
 */
final class LoadedGroups implements GroupLog.Visitor {
    private static final Logger LOG = System.getLogger(LoadedGroups.class.getName());

    private final Map<String, GroupSnapshot> snapshots = new HashMap<>();
    private final Map<String, ConsumerGroupBuilder> consumerGroups = new HashMap<>();
    private final Map<String, OffsetTable> offsets = new HashMap<>();
    private final PendingGroups pending = new PendingGroups();
    private final SkippedPieces skipped = new SkippedPieces(LOG);

    @Override
    public void found(GroupRecord groupRecord) {
        if (groupRecord instanceof ClassicGroupRecord group) {
            if (group.value() == null) {
                snapshots.remove(group.groupId());
            } else {
                snapshots.put(group.groupId(), group.value());
            }
        } else if (groupRecord instanceof GroupRecord.Offset offset) {
            OffsetTable table = table(offset.groupId());
            if (offset.value() == null) {
                table.remove(offset.partition());
            } else {
                table.put(offset.partition(), offset.value());
            }
        } else if (groupRecord instanceof ConsumerGroupRecord consumers) {
            consumerGroups
                    .computeIfAbsent(consumers.groupId(), ConsumerGroupBuilder::new)
                    .replay(consumers);
        } else {
            throw new IllegalStateException("unexpected " + groupRecord);
        }
    }

    private OffsetTable table(String groupId) {
        return offsets.computeIfAbsent(groupId, id -> new OffsetTable());
    }

    @Override
    public void foundPending(GroupRecord.Offset offset, long producerId, LogPosition at) {
        pending.add(producerId, offset.groupId());
        table(offset.groupId()).putPending(offset.partition(), producerId, offset.value(), at);
    }

    @Override
    public void ended(long producerId, LogPosition marker, Outcome outcome) {
        for (String groupId : pending.of(producerId)) {
            OffsetTable table = table(groupId);
            table.end(producerId, marker, outcome);
            if (!table.producers().contains(producerId)) {
                pending.remove(producerId, groupId);
            }
        }
    }

    @Override
    public void skipped(String what, String why) {
        skipped.add(what, why);
    }

    /** How many pieces were skipped until now. */
    long skipped() {
        return skipped.count();
    }

    /** The groups that there are: a group that only ever committed offsets has no record of its own. */
    Set<String> groupIds() {
        Set<String> ids = new TreeSet<>(snapshots.keySet());
        consumerGroups.forEach((id, group) -> {
            if (group.isThere()) {
                ids.add(id);
            }
        });
        offsets.forEach((id, table) -> {
            if (!table.isEmpty()) {
                ids.add(id);
            }
        });
        return ids;
    }

    /** The group as it was last stored; null where the log tells of its offsets only. */
    GroupSnapshot snapshot(String groupId) {
        return snapshots.get(groupId);
    }

    /** The group of the consumer protocol; null where the log tells of none. Such a group came after a classic one of its id. */
    ConsumerGroup consumerGroup(String groupId, long nowMs) {
        ConsumerGroupBuilder group = consumerGroups.get(groupId);
        return group != null && group.isThere() ? group.build(nowMs) : null;
    }

    /** The group's offsets, maybe none. */
    OffsetTable offsets(String groupId) {
        return offsets.getOrDefault(groupId, new OffsetTable());
    }

    /** Says in the broker's log how much is missing, if something is. */
    void report() {
        skipped.report("Groups and committed offsets");
    }
}
