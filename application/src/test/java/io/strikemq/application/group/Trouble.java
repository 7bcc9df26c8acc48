package io.strikemq.application.group;

import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.port.out.ManualTime;
import java.time.Duration;

/** What a group stands on, until it breaks: at one chosen call, an exception or an error that nobody expects. */
final class Trouble implements Clock, Deadlines {
    /** Which of the calls break. */
    enum Where {
        BEFORE_AN_APPEND,
        AFTER_AN_APPEND,
        CLOCK,
        TIMER
    }

    private final ManualTime time;
    private Where where;
    private int callsLeft;
    private boolean isError;

    Trouble(ManualTime time) {
        this.time = time;
    }

    /** Lets the call of this number break, counted from now and from 1, and all later ones of its kind. */
    void expect(Where at, int call, boolean error) {
        where = at;
        callsLeft = call;
        isError = error;
    }

    /** All is well again. */
    void isOver() {
        where = null;
    }

    void passing(Where at) {
        if (at != where || --callsLeft > 0) {
            return;
        }
        if (isError) {
            throw new LinkageError("broken " + at);
        }
        throw new IllegalStateException("broken " + at);
    }

    @Override
    public long wallClockMillis() {
        passing(Where.CLOCK);
        return time.wallClockMillis();
    }

    @Override
    public long monotonicNanos() {
        return time.monotonicNanos();
    }

    @Override
    public Deadline schedule(Duration delay, Runnable action) {
        passing(Where.TIMER);
        return time.schedule(delay, action);
    }
}
