package io.strikemq.application.group;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which groups have offsets in the open transactions of a producer, so that the end of one is told to these alone. It may name a
 * group that has none any more, and never lacks one that has. Callable from any thread.
 */
final class PendingGroups {
    private final Map<Long, Set<String>> byProducer = new ConcurrentHashMap<>();

    /** Before the first offset is written: whoever writes the marker behind it finds the group. */
    void add(long producerId, String groupId) {
        byProducer.compute(producerId, (id, groups) -> {
            Set<String> more = groups == null ? new TreeSet<>() : new TreeSet<>(groups);
            more.add(groupId);
            return more;
        });
    }

    void remove(long producerId, String groupId) {
        byProducer.computeIfPresent(producerId, (id, groups) -> {
            Set<String> fewer = new TreeSet<>(groups);
            fewer.remove(groupId);
            return fewer.isEmpty() ? null : fewer;
        });
    }

    /** The groups, by id; a picture of this moment. */
    Set<String> of(long producerId) {
        return byProducer.getOrDefault(producerId, Set.of());
    }
}
