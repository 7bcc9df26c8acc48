package io.strikemq.bootstrap.system;

import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.time.ClockState;
import io.strikemq.domain.time.TimeFlow;
import io.strikemq.domain.time.TimeFlow.Frozen;
import io.strikemq.domain.time.TimeFlow.Running;
import java.time.Instant;

/**
 * A clock that can be driven. As long as nobody does, reading it costs two reads of a field more than the machine's clock does.
 *
 * <p>Monotonic time never goes back, also for a thread that reads it while the clock is changed: who finds that the flow was changed
 * meanwhile reads again, and the new flow begins with a time that is read after the old one was taken away.
 */
final class DrivenClock implements Clock {
    private final Clock machine;

    /** Null while it is changed; changed with the lock held. */
    private volatile TimeFlow flow = TimeFlow.REAL;

    /** Shows the time of {@code machine} until it is driven. */
    DrivenClock(Clock machine) {
        this.machine = machine;
    }

    @Override
    public long wallClockMillis() {
        TimeFlow current = flow;
        return (current != null ? current : flow()).wallClockMillis(machine);
    }

    @Override
    public long monotonicNanos() {
        TimeFlow current = flow;
        if (current != null) {
            long nanos = current.monotonicNanos(machine);
            if (flow == current) {
                return nanos;
            }
        }
        return settledNanos();
    }

    /** How it goes at the moment. */
    synchronized TimeFlow flow() {
        return flow;
    }

    private synchronized long settledNanos() {
        return flow.monotonicNanos(machine);
    }

    ClockState state() {
        return flow().state(machine);
    }

    @Override
    public boolean standsStill() {
        return flow().isFrozen();
    }

    /** Stands still from now on, and tells where. */
    synchronized Frozen freeze() {
        TimeFlow before = flow;
        flow = null;
        Frozen frozen = before.frozen(machine);
        flow = frozen;
        return frozen;
    }

    /** Goes on from what it shows. */
    synchronized void goOn() {
        flow = flow.running(machine);
    }

    /** Goes on like this, which is no earlier than the monotonic time of one that stands still. */
    synchronized void goOn(TimeFlow next) {
        flow = next;
    }

    /** Goes on with the machine's time of day; the monotonic time goes on from what it is. */
    synchronized void goOnReal() {
        flow = new Running(0, flow.running(machine).aheadNanos());
    }

    /** A clock that stands still moves on to that monotonic time; never back. */
    synchronized void moveTo(long nanos) {
        flow = freeze().until(nanos);
    }

    /** A clock that stands still shows another time of day. */
    synchronized void show(Instant wallClock) {
        flow = freeze().showing(wallClock);
    }
}
