package io.strikemq.application.partition;

import java.util.LinkedHashSet;
import java.util.Set;

/** Those who wait for a partition to grow. Called under its lock; they are told without it. */
final class PartitionWatches {
    private static final PartitionWatch[] NOBODY = {};

    private final Set<PartitionWatch> watches = new LinkedHashSet<>();

    void add(PartitionWatch watch) {
        watches.add(watch);
    }

    void remove(PartitionWatch watch) {
        watches.remove(watch);
    }

    int count() {
        return watches.size();
    }

    /** All who wait now. */
    PartitionWatch[] all() {
        return watches.isEmpty() ? NOBODY : watches.toArray(NOBODY);
    }

    /** The same, and they wait no more. */
    PartitionWatch[] removeAll() {
        PartitionWatch[] all = all();
        watches.clear();
        return all;
    }
}
