package io.strikemq.application.retention;

import io.strikemq.application.partition.Partition;
import io.strikemq.application.partition.Partitions;
import io.strikemq.application.retention.PartitionExpiry.Dropped;
import io.strikemq.application.topic.TopicListener;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.Retention;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.port.out.Deadlines.Deadline;
import io.strikemq.domain.topic.Topic;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;

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
    /** Far enough, and no number overflows. */
    private static final long LONGEST_MILLIS = Duration.ofDays(365).toMillis();

    private final Partitions partitions;
    private final long intervalMillis;
    private final Clock clock;
    private final Deadlines deadlines;
    private final Executor background;
    private final PartitionExpiry expiry;

    /** Whether there was something since the last check began, for which a check is due an interval later. */
    private volatile boolean touched;

    // Guarded by this.
    private Deadline next;
    private long nextMillis;
    private boolean checks;

    /** Nothing happens before {@link #start}. {@code interval}: log.retention.check.interval.ms. */
    public LogRetention(
            Partitions partitions, Duration interval, Clock clock, Deadlines deadlines, Executor background) {
        this.partitions = partitions;
        this.intervalMillis = interval.toMillis();
        this.clock = clock;
        this.deadlines = deadlines;
        this.background = background;
        this.expiry = new PartitionExpiry(partitions, clock);
    }

    /** The topics are known that were there before: looks at their logs for the first time soon. */
    public void start() {
        partitions.onAppend(this::touch);
        if (partitions.all().findAny().isPresent()) {
            wakeAfter(Math.min(FIRST_CHECK.toMillis(), intervalMillis));
        }
    }

    @Override
    public void topicOpened(Topic topic) {
        // What was appended before is looked at after the start.
    }

    @Override
    public void topicChanged(Topic before, Topic after) {
        touch();
    }

    @Override
    public void topicDeleted(Topic topic) {
        // There is nothing left to look at.
    }

    private void touch() {
        if (!touched) {
            touched = true;
            wakeAfter(intervalMillis);
        }
    }

    private synchronized void wakeAfter(long delayMillis) {
        long delay = Math.min(delayMillis, LONGEST_MILLIS);
        long at = clock.wallClockMillis() + delay;
        if (checks || next != null && nextMillis <= at) {
            return;
        }
        if (next != null) {
            next.cancel();
        }
        nextMillis = at;
        next = deadlines.schedule(Duration.ofMillis(delay), this::due);
    }

    private void due() {
        synchronized (this) {
            next = null;
            checks = true;
        }
        background.execute(this::check);
    }

    private void check() {
        touched = false;
        List<Partition> all = partitions.all().toList();
        checkNext(all.iterator(), Retention.NEVER);
    }

    private void checkNext(Iterator<Partition> left, long earliestMillis) {
        if (!left.hasNext()) {
            checked(earliestMillis);
            return;
        }
        long earliest = Math.min(earliestMillis, expireGuarded(left.next()));
        background.execute(() -> checkNext(left, earliest));
    }

    private synchronized void checked(long earliestMillis) {
        checks = false;
        if (touched) {
            wakeAfter(intervalMillis);
        }
        if (earliestMillis != Retention.NEVER) {
            wakeAfter(Math.max(intervalMillis, earliestMillis - clock.wallClockMillis()));
        }
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
            free(dropped.freeing(), partitions.settings(partition).life().fileDeleteDelayMs());
        }
        return dropped.nextMillis();
    }

    private static String said(Partition partition, Dropped dropped) {
        return partition.name() + " starts at offset " + dropped.startOffset() + " now: what was before it, "
                + dropped.bytes() + " bytes, was older than retention.ms or more than retention.bytes";
    }

    private void free(Runnable freeing, long delayMillis) {
        if (delayMillis == 0) {
            freeing.run();
        } else {
            deadlines.schedule(
                    Duration.ofMillis(Math.min(delayMillis, LONGEST_MILLIS)), () -> background.execute(freeing));
        }
    }
}
