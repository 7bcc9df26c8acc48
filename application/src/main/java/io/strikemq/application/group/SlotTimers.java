package io.strikemq.application.group;

import io.strikemq.domain.group.GroupDeadline;
import io.strikemq.domain.group.GroupDeadline.Slot;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.Deadlines;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The deadlines of one group, one a slot. Guarded by the group's lock. */
final class SlotTimers {
    private final Deadlines deadlines;
    private final Clock clock;
    private final Consumer<Runnable> underLock;
    private final Consumer<GroupDeadline> onPassed;
    private final Map<Slot, Running> running = new HashMap<>();

    /** A deadline and the timer that watches it. */
    private static final class Running {
        private GroupDeadline deadline;
        private LazyDeadline timer;
    }

    /**
     * @param underLock runs something with the group's lock held
     * @param onPassed  is told, with the lock held, of a deadline that has passed
     */
    SlotTimers(Deadlines deadlines, Clock clock, Consumer<Runnable> underLock, Consumer<GroupDeadline> onPassed) {
        this.deadlines = deadlines;
        this.clock = clock;
        this.underLock = underLock;
        this.onPassed = onPassed;
    }

    void set(GroupDeadline deadline, Duration delay) {
        Running slot = running.computeIfAbsent(deadline.slot(), this::added);
        slot.deadline = deadline;
        slot.timer.set(delay);
    }

    /** The same, unless the slot has a deadline already. */
    void setIfAbsent(GroupDeadline deadline, Duration delay) {
        if (!running.containsKey(deadline.slot())) {
            set(deadline, delay);
        }
    }

    private Running added(Slot slot) {
        Running added = new Running();
        added.timer =
                new LazyDeadline(deadlines, clock, number -> underLock.accept(() -> timerFired(slot, added, number)));
        return added;
    }

    private void timerFired(Slot slot, Running fired, long number) {
        if (fired.timer.fired(number)) {
            running.remove(slot);
            onPassed.accept(fired.deadline);
        }
    }

    void cancel(Slot slot) {
        Running cancelled = running.remove(slot);
        if (cancelled != null) {
            cancelled.timer.cancel();
        }
    }

    void cancelAll() {
        running.values().forEach(each -> each.timer.cancel());
        running.clear();
    }
}
