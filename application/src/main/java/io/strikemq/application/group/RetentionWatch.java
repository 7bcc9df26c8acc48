package io.strikemq.application.group;

import io.strikemq.domain.group.Group;
import io.strikemq.domain.group.log.CommittedOffset;
import io.strikemq.domain.port.out.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Waits for the moment at which the next of a group's offsets, or the group, may end. Guarded by the group's lock. */
final class RetentionWatch {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long LONGEST_WAIT_MS = Duration.ofDays(1).toMillis();

    private final OffsetRetention retention;
    private final Clock clock;
    private final LazyDeadline timer;
    private long dueMs = NEVER;

    /**
     * @param underLock runs something with the group's lock held
     * @param onDue     is called, with the lock held, when something may have ended
     */
    RetentionWatch(CoordinatorContext context, Consumer<Runnable> underLock, Runnable onDue) {
        this.retention = context.retention();
        this.clock = context.clock();
        this.timer = new LazyDeadline(
                context.deadlines(),
                clock,
                number -> underLock.accept(() -> {
                    if (fired(number)) {
                        onDue.run();
                    }
                }));
    }

    private boolean fired(long number) {
        boolean fired = timer.fired(number);
        if (fired) {
            dueMs = NEVER;
        }
        return fired;
    }

    /** The group or its offsets have changed: waits for what ends next. */
    void changed(Group group, OffsetTable offsets) {
        OptionalLong next = retention.next(group, offsets);
        dueAt(next.orElse(NEVER));
    }

    /** This offset was committed; as {@link #changed}, but without looking at all the others. */
    void committed(CommittedOffset offset) {
        dueAt(Math.min(dueMs, retention.earliest(offset)));
    }

    /** What has ended could not be stored: tries again later. */
    void retry() {
        dueAt(clock.wallClockMillis() + retention.retryMs());
    }

    void cancel() {
        dueAt(NEVER);
    }

    /** A day at most: timestamps come from clients and may lie beyond all that a timer can count to. */
    private Duration delayUntil(long untilMs) {
        long now = clock.wallClockMillis();
        return untilMs <= now ? Duration.ZERO : Duration.ofMillis(Math.min(untilMs - now, LONGEST_WAIT_MS));
    }

    private void dueAt(long untilMs) {
        if (untilMs == NEVER) {
            timer.cancel();
        } else if (untilMs != dueMs) {
            timer.set(delayUntil(untilMs));
        }
        dueMs = untilMs;
    }
}
