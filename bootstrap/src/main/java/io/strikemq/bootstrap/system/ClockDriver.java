package io.strikemq.bootstrap.system;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.DriveClock;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.time.ClockState;
import io.strikemq.domain.time.TimeFlow;
import io.strikemq.domain.time.TimeFlow.Frozen;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The time of one broker: its clock, its deadlines, and the hands that drive both. Real until somebody drives it.
 *
 * <p>Time that passes at once passes on a clock that stands still: the timer takes it from one deadline to the next, and then it goes on, if
 * it went before.
 */
public final class ClockDriver implements DriveClock, AutoCloseable {
    /** Real time that what becomes due may take. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private final DrivenClock clock;
    private final Unfinished unfinished = new Unfinished();
    private final DrivenTimer timer;
    private final Duration patience;

    /** Begins with the time of {@code machine}; the timer's thread has the given name. */
    public ClockDriver(String threadName, Clock machine) {
        this(threadName, machine, PATIENCE);
    }

    ClockDriver(String threadName, Clock machine, Duration patience) {
        this.clock = new DrivenClock(machine);
        this.timer = new DrivenTimer(threadName, clock, unfinished);
        this.patience = patience;
    }

    /** What all that has to do with time reads. */
    public Clock clock() {
        return clock;
    }

    /** The deadlines by this clock. */
    public Deadlines deadlines() {
        return timer;
    }

    /** Where the broker's other threads tell what they are at: time that passes waits for it. */
    public Unfinished unfinished() {
        return unfinished;
    }

    @Override
    public ClockState state() {
        return clock.state();
    }

    @Override
    public synchronized ClockState freeze() {
        if (!clock.standsStill()) {
            clock.freeze();
            timer.clockChanged();
        }
        return state();
    }

    @Override
    public synchronized ClockState advance(Duration time) {
        if (time.isNegative()) {
            throw refused("time can be advanced, not by " + time + ": less than nothing; set goes back");
        }
        return passing(() -> pass(time));
    }

    @Override
    public synchronized ClockState set(Instant now) {
        checkShown(now);
        return passing(() -> turnTo(now.truncatedTo(ChronoUnit.MILLIS)));
    }

    @Override
    public synchronized ClockState resume() {
        clock.goOn();
        timer.clockChanged();
        return state();
    }

    @Override
    public synchronized ClockState reset() {
        clock.goOnReal();
        timer.clockChanged();
        return state();
    }

    /** Does something while the clock stands, which afterwards goes on if it went. */
    private ClockState passing(Runnable change) {
        TimeFlow before = clock.flow();
        Frozen began = clock.freeze();
        try {
            change.run();
        } finally {
            clock.goOn(before.after(began, clock.freeze()));
            if (!before.isFrozen()) {
                timer.clockChanged();
            }
        }
        return state();
    }

    private void turnTo(Instant wallClock) {
        Duration ahead = Duration.between(state().now(), wallClock);
        if (ahead.isNegative()) {
            clock.show(wallClock);
        } else {
            pass(ahead);
        }
    }

    private void pass(Duration time) {
        if (time.compareTo(LONGEST_ADVANCE) > 0) {
            throw refused("at most " + LONGEST_ADVANCE.toDays() + " days can pass at once, not " + time);
        }
        checkShown(state().now().plus(time));
        Frozen from = clock.freeze();
        unfinished.doneBesides(() -> timer.travel(from.nanos() + time.toNanos(), patience));
    }

    private static void checkShown(Instant wallClock) {
        if (wallClock.isBefore(EARLIEST) || wallClock.isAfter(LATEST)) {
            throw refused("the clock shows times from " + EARLIEST + " to " + LATEST + ", not " + wallClock);
        }
    }

    private static BrokerException refused(String message) {
        return new BrokerException(ErrorCode.INVALID_REQUEST, message);
    }

    /** Drops all deadlines, and ends the timer's thread; time that passes at the moment does not come to its end. */
    @Override
    public void close() {
        timer.close();
    }
}
