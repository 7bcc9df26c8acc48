package io.strikemq.bootstrap.assembly;

import io.strikemq.domain.port.in.AwaitState;
import io.strikemq.domain.port.in.DriveClock;
import io.strikemq.domain.port.in.Powers;

/** What a test may do to a broker. */
final class PowersModule {
    private PowersModule() {}

    static Powers powers(DriveClock clock, AwaitState await) {
        return new Powers(clock, await);
    }
}
