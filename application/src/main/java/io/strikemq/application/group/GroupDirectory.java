package io.strikemq.application.group;

import io.strikemq.domain.group.GroupSnapshot;
import io.strikemq.domain.group.classic.ClassicGroup;
import io.strikemq.domain.group.log.GroupRecord;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.settings.GroupSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All groups, by id. Callable from any thread; every group has a lock of its own, and there is none over all of them.
 *
 * <p>{@link #load} is called once, before the first request, so that no request ever meets a coordinator that loads.
 */
public final class GroupDirectory implements AutoCloseable {
    private final CoordinatorContext context;
    private final GroupLog log;
    private final Map<String, CoordinatedGroup> groups = new ConcurrentHashMap<>();

    public GroupDirectory(GroupSettings settings, GroupLog log, Clock clock, Deadlines deadlines) {
        this.context = CoordinatorContext.of(settings, log, clock, deadlines);
        this.log = log;
    }

    /** Reads all groups and their offsets back from the log; members get a whole session to be heard of. */
    public void load() {
        Map<String, GroupSnapshot> stored = new HashMap<>();
        Map<String, OffsetTable> offsets = new HashMap<>();
        log.replay(found -> {
            if (found instanceof GroupRecord.Group group) {
                replace(stored, group.groupId(), group.value());
            } else if (found instanceof GroupRecord.Offset offset) {
                OffsetTable table = offsets.computeIfAbsent(offset.groupId(), id -> new OffsetTable());
                if (offset.value() == null) {
                    table.remove(offset.partition());
                } else {
                    table.put(offset.partition(), offset.value());
                }
            } else {
                throw new IllegalStateException("unexpected " + found);
            }
        });
        offsets.values().removeIf(OffsetTable::isEmpty);
        // A group that only ever committed offsets has no record of its own.
        offsets.forEach((id, table) -> groups.put(id, restore(id, stored.get(id), table)));
        stored.forEach((id, snapshot) -> groups.computeIfAbsent(id, any -> restore(id, snapshot, new OffsetTable())));
        groups.values().forEach(CoordinatedGroup::loaded);
    }

    private static void replace(Map<String, GroupSnapshot> stored, String groupId, GroupSnapshot value) {
        if (value == null) {
            stored.remove(groupId);
        } else {
            stored.put(groupId, value);
        }
    }

    private CoordinatedGroup restore(String groupId, GroupSnapshot snapshot, OffsetTable offsets) {
        ClassicGroup group = snapshot == null
                ? ClassicGroup.empty(groupId, context.clock().wallClockMillis())
                : ClassicGroup.restored(snapshot);
        return new CoordinatedGroup(group, offsets, context, this::forget);
    }

    private void forget(CoordinatedGroup group) {
        groups.remove(group.id(), group);
    }

    /** The group of this id, if there is one. */
    Optional<CoordinatedGroup> find(String groupId) {
        return Optional.ofNullable(groups.get(groupId));
    }

    /** The group of this id, created without members when there is none. */
    CoordinatedGroup findOrCreate(String groupId) {
        CoordinatedGroup present = groups.get(groupId);
        if (present != null) {
            return present;
        }
        log.prepare();
        return groups.computeIfAbsent(groupId, id -> CoordinatedGroup.created(id, context, this::forget));
    }

    /** All groups as they are now, by id. */
    List<CoordinatedGroup> all() {
        List<CoordinatedGroup> all = new ArrayList<>(groups.values());
        all.sort(Comparator.comparing(CoordinatedGroup::id));
        return all;
    }

    /** The broker stops: whoever still waits is told NOT_COORDINATOR, and no deadline is left. The log keeps all. */
    @Override
    public void close() {
        all().forEach(CoordinatedGroup::retire);
    }
}
