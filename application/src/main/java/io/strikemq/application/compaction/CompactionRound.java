package io.strikemq.application.compaction;

import io.strikemq.application.partition.LogEnd;
import io.strikemq.application.partition.Partition;
import io.strikemq.application.tending.Looks;
import io.strikemq.domain.compaction.CompactableLog;
import io.strikemq.domain.compaction.DirtyRange;
import io.strikemq.domain.topic.TopicSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one look at all compacted partitions has found. For one thread at a time. */
final class CompactionRound {
    /** What was found of a partition that is not due. It holds as long as nothing is appended, and it is not time. */
    private record Clean(long endOffset, long lastStableOffset, TopicSettings settings, long nextMillis) {}

    private record Due(Partition partition, double ratio) {}

    private final Map<Partition, Clean> clean = new HashMap<>();
    private final List<Due> due = new ArrayList<>();
    private long nextMillis = Looks.NEVER;
    private boolean compacted;

    /** Takes over what an earlier look has found of a partition, if it still holds. Touches no log. */
    boolean takeOver(CompactionRound earlier, Partition partition, TopicSettings settings, long nowMillis) {
        Clean known = earlier.clean.get(partition);
        if (known == null || known.settings() != settings || known.nextMillis() <= nowMillis) {
            return false;
        }
        LogEnd end = partition.end();
        if (end.highWatermark() != known.endOffset() || end.lastStableOffset() != known.lastStableOffset()) {
            return false;
        }
        clean(partition, known);
        return true;
    }

    /** Takes in how a partition is now. */
    void found(Partition partition, TopicSettings settings, CompactableLog log, long nowMillis) {
        DirtyRange dirty = log.dirty(settings.compaction(), nowMillis);
        if (dirty.isDue(settings.compaction())) {
            due.add(new Due(partition, dirty.ratio()));
        } else {
            long next = log.nextMillis(settings.compaction(), nowMillis);
            clean(partition, new Clean(log.endOffset(), log.lastStableOffset(), settings, next));
        }
    }

    private void clean(Partition partition, Clean found) {
        clean.put(partition, found);
        isDueAt(found.nextMillis());
    }

    /** Something has to be looked at again then, in ms since 1970. */
    void isDueAt(long millis) {
        nextMillis = Math.min(nextMillis, millis);
    }

    /** A partition was compacted. */
    void compacted() {
        compacted = true;
    }

    /** Whether any was. */
    boolean hasCompacted() {
        return compacted;
    }

    /** When to look again if nothing happens, in ms since 1970; {@link Looks#NEVER}. */
    long nextMillis() {
        return nextMillis;
    }

    /** Those that are to be compacted. */
    List<Partition> dirtiestFirst() {
        return due.stream()
                .sorted(Comparator.comparingDouble(Due::ratio).reversed())
                .map(Due::partition)
                .toList();
    }
}
