package io.strikemq.domain.time;

import java.time.Duration;
import java.time.Instant;

/**
 * What the broker's clock shows.
 *
 * @param now   the time, in whole milliseconds
 * @param mode  whether it goes, and with what
 * @param ahead how far it is ahead of the machine's clock; negative if it is behind. Zero as long as it is real
 */
public record ClockState(Instant now, Mode mode, Duration ahead) {
    /** How a clock goes. */
    public enum Mode {
        /** It is the machine's clock. */
        REAL,
        /** It goes as the machine's clock does, and shows another time. */
        RUNNING,
        /** It stands still. */
        FROZEN
    }

    /** Whether it stands still. */
    public boolean isFrozen() {
        return mode == Mode.FROZEN;
    }
}
