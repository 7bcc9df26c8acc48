package io.strikemq.domain.group;

import io.strikemq.domain.group.GroupDeadline.Slot;
import io.strikemq.domain.port.out.Deadlines.Deadline;
import io.strikemq.domain.port.out.ManualTime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A group's deadlines by a clock that stands still unless it is told. */
public final class GroupTimers {
    private final ManualTime time = new ManualTime();
    private final Map<Slot, Deadline> armed = new LinkedHashMap<>();
    private final Consumer<GroupDeadline> passed;

    /** {@code passed} is told of deadlines in their order, and may set others. */
    public GroupTimers(Consumer<GroupDeadline> passed) {
        this.passed = passed;
    }

    /** The time, in milliseconds. */
    public long nowMs() {
        return time.wallClockMillis();
    }

    /** Lets time pass. */
    public void pass(Duration duration) {
        time.advance(duration);
    }

    /** Arms a deadline in place of what its slot has. */
    public void set(GroupDeadline deadline, Duration delay) {
        cancel(deadline.slot());
        armed.put(deadline.slot(), time.schedule(delay, () -> {
            armed.remove(deadline.slot());
            passed.accept(deadline);
        }));
    }

    /** Empties a slot; does nothing when it is. */
    public void cancel(Slot slot) {
        Deadline deadline = armed.remove(slot);
        if (deadline != null) {
            deadline.cancel();
        }
    }

    /** Empties all slots. */
    public void clear() {
        Set.copyOf(armed.keySet()).forEach(this::cancel);
    }

    /** The slots that have a deadline. */
    public Set<Slot> slots() {
        return armed.keySet();
    }

    /** Whether a slot has one. */
    public boolean has(Slot slot) {
        return armed.containsKey(slot);
    }

    /** Whether none has. */
    public boolean isEmpty() {
        return armed.isEmpty();
    }
}
