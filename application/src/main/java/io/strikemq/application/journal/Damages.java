package io.strikemq.application.journal;

import io.strikemq.domain.journal.Happening;
import io.strikemq.domain.journal.Happening.Kind;
import io.strikemq.domain.log.LogRead;
import io.strikemq.domain.port.out.Events;
import io.strikemq.domain.topic.TopicPartition;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** Tells of damaged logs, each damage once however often somebody reads there. */
public final class Damages implements BiConsumer<TopicPartition, LogRead.Damaged> {
    /** Beyond so many nothing more is told: the broker's log has them all. */
    private static final int MOST = 1000;

    private final Events events;
    private final Set<Damage> told = ConcurrentHashMap.newKeySet();

    private record Damage(TopicPartition partition, long nextOffset) {}

    /** Tells these. */
    public Damages(Events events) {
        this.events = events;
    }

    @Override
    public void accept(TopicPartition partition, LogRead.Damaged damage) {
        if (told.size() < MOST && told.add(new Damage(partition, damage.nextOffset()))) {
            events.happened(Happening.ofTopic(
                    Kind.LOG_DAMAGED,
                    partition.topic(),
                    "records of " + partition + " before offset " + damage.nextOffset() + " cannot be read: "
                            + damage.reason()));
        }
    }
}
