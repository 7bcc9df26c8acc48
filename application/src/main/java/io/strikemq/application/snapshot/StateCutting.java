package io.strikemq.application.snapshot;

import io.strikemq.application.partition.Partitions;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.ClusterStore;
import io.strikemq.domain.snapshot.StateCut;
import java.time.Instant;

/** Makes a cut through all that one core has: at that moment no topic is being changed and no batch appended. */
public final class StateCutting {
    private final TopicRegistry registry;
    private final Partitions partitions;
    private final ClusterStore cluster;
    private final Clock clock;

    public StateCutting(TopicRegistry registry, Partitions partitions, ClusterStore cluster, Clock clock) {
        this.registry = registry;
        this.partitions = partitions;
        this.cluster = cluster;
        this.clock = clock;
    }

    /** The cut. It may wait for logs to be opened. */
    StateCut cut() {
        return registry.exclusively(() -> new StateCut(
                Instant.ofEpochMilli(clock.wallClockMillis()),
                registry.all(),
                cluster.features(),
                cluster.configs(),
                partitions.endsAtOneMoment()));
    }
}
