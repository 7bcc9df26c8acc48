package io.strikemq.application.retention;

import io.strikemq.application.partition.Partition;
import io.strikemq.application.partition.Partitions;
import io.strikemq.application.retention.PartitionExpiry.Dropped;
import io.strikemq.application.tending.Freeing;
import io.strikemq.application.tending.Looks;
import io.strikemq.application.topic.TopicListener;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.Retention;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/**
 * Drops old records while the broker runs. As Kafka's it looks no more often than every log.retention.check.interval.ms,
 * and for the first time 30 s after the start. Other than Kafka's it sleeps for as long as nothing can be due: until the oldest segment of
 * all becomes too old, or an interval after something was appended or a config was changed.
 *
 * <p>The background thread looks at one partition after the other, a task for each, so that checkpoints need not wait.
 */
public final class LogRetention implements TopicListener {
    private static final Logger LOG = System.getLogger(LogRetention.class.getName());
    private static final Duration FIRST_CHECK = Duration.ofSeconds(30);

    private final Partitions partitions;
    private final long intervalMillis;
    private final Clock clock;
    private final Executor background;
    private final PartitionExpiry expiry;
    private final Freeing freeing;
    private final Looks looks;
    private volatile BiConsumer<TopicPartition, String> onExpired = (partition, said) -> {};

    /** Nothing happens before {@link #start}. {@code interval}: log.retention.check.interval.ms. */
    public LogRetention(
            Partitions partitions, Duration interval, Clock clock, Deadlines deadlines, Executor background) {
        this.partitions = partitions;
        this.intervalMillis = interval.toMillis();
        this.clock = clock;
        this.background = background;
        this.expiry = new PartitionExpiry(partitions, clock);
        this.freeing = new Freeing(deadlines, background);
        this.looks = new Looks(() -> interval, clock, deadlines, () -> background.execute(this::check));
    }

    /** The topics are known that were there before: looks at their logs for the first time soon. */
    public void start() {
        partitions.onAppend(looks::touch);
        if (partitions.all().findAny().isPresent()) {
            looks.wakeAfter(Math.min(FIRST_CHECK.toMillis(), intervalMillis));
        }
    }

    /** From now on tells {@code listener}, and nobody else, of what was let go of a partition, in a sentence. */
    public void onExpired(BiConsumer<TopicPartition, String> listener) {
        onExpired = listener;
    }

    @Override
    public void topicOpened(Topic topic) {
        // What was appended before is looked at after the start.
    }

    @Override
    public void topicChanged(Topic before, Topic after) {
        looks.touch();
    }

    @Override
    public void topicDeleted(Topic topic) {
        // There is nothing left to look at.
    }

    private void check() {
        looks.begins();
        List<Partition> all = partitions.all().toList();
        checkNext(all.iterator(), Retention.NEVER);
    }

    private void checkNext(Iterator<Partition> left, long earliestMillis) {
        if (!left.hasNext()) {
            looks.ended(earliestMillis);
            return;
        }
        long earliest = Math.min(earliestMillis, expireGuarded(left.next()));
        background.execute(() -> checkNext(left, earliest));
    }

    /** When to look again, in ms since 1970. What fails is tried again an interval later. */
    private long expireGuarded(Partition partition) {
        try {
            return expire(partition);
        } catch (BrokerException e) {
            if (e.error() != ErrorCode.KAFKA_STORAGE_ERROR) {
                return Retention.NEVER;
            }
            LOG.log(Level.WARNING, "Old records of " + partition.name() + " are not deleted: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A bug: looking for old records of " + partition.name() + " failed", e);
        }
        return clock.wallClockMillis();
    }

    private long expire(Partition partition) {
        Dropped dropped = expiry.expire(partition);
        if (dropped.offsets() > 0) {
            LOG.log(Level.INFO, said(partition, dropped));
            onExpired.accept(partition.name(), said(partition, dropped));
            freeing.after(partitions.settings(partition).life().fileDeleteDelayMs(), dropped.freeing());
        }
        return dropped.nextMillis();
    }

    private static String said(Partition partition, Dropped dropped) {
        return partition.name() + " starts at offset " + dropped.startOffset() + " now: what was before it, "
                + dropped.bytes() + " bytes, was older than retention.ms or more than retention.bytes";
    }
}
