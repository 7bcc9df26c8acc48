package io.strikemq.domain.port.in;

import io.strikemq.domain.time.ClockState;
import java.time.Duration;
import java.time.Instant;

/**
 * Drives the broker's clock. All that has to do with time follows it: sessions, rebalances, transactions, retention, compaction,
 * the ends of offsets and ids, fetches that wait, and the timestamps that the broker sets. Connections do not: how long they may be silent
 * is real time. Real time is what a broker starts with.
 *
 * <p>Clients have clocks of their own, which nobody drives. While the broker's stands still, a fetch that waits is answered when its time has
 * passed in real time too, since its client would take the connection for broken.
 *
 * <p>Time that goes on <em>passes</em>, however it is asked for: what becomes due runs in the order in which it is due, each with
 * the clock at its own time, what that hands on to other threads is done before the next one runs, and all of it is done when the call returns.
 * Time that goes back is only shown: nothing is due, nothing that waits waits longer, and what is due by the date
 * (retention, transactions, the ends of offsets and ids) is due when the clock has come there again.
 *
 * <p>Callable from any thread but that of the broker's timer; calls at once are served one after the other. Errors of all that let time pass:
 * {@code REQUEST_TIMED_OUT} when what became due is not done in a minute of real time, with what is still at work: the clock
 * then shows how far it came; {@code BROKER_NOT_AVAILABLE} when the broker stops meanwhile.
 */
public interface DriveClock {
    /** The longest time that may pass at once: 100 years. */
    Duration LONGEST_ADVANCE = Duration.ofDays(36_525);

    /** The earliest time that can be set. */
    Instant EARLIEST = Instant.EPOCH;

    /** The latest time that the clock can show: nanoseconds since 1970 have to fit a long. */
    Instant LATEST = Instant.parse("2262-01-01T00:00:00Z");

    /** What the clock shows. */
    ClockState state();

    /** The clock stands still from now on, until it is set, advanced, or goes on. Does nothing to one that stands still. */
    ClockState freeze();

    /**
     * Lets so much time pass. A clock that stood still stands still afterwards, another one runs on from there: exactly so far ahead, no
     * matter how long the call took.
     *
     * @throws io.strikemq.domain.error.BrokerException {@code INVALID_REQUEST} for less than nothing, more than
     *     {@link #LONGEST_ADVANCE}, or beyond {@link #LATEST}
     */
    ClockState advance(Duration time);

    /**
     * Sets the clock. To a later time: as {@link #advance} to it. To an earlier one: it shows that. A clock that stood still stands still
     * afterwards, another one runs on from there. Parts of a millisecond are left out.
     *
     * @throws io.strikemq.domain.error.BrokerException {@code INVALID_REQUEST} for what is before {@link #EARLIEST} or after
     *     {@link #LATEST}, or more than {@link #LONGEST_ADVANCE} ahead
     */
    ClockState set(Instant now);

    /** A clock that stands still goes on from what it shows. Does nothing to one that goes. */
    ClockState resume();

    /**
     * The clock is the machine's again. No time passes by that, wherever the clock was: what waits goes on to wait for what was left of its time.
     */
    ClockState reset();
}
