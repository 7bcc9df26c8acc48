package io.strikemq.bootstrap.assembly;

import io.strikemq.application.fault.FaultInjection;
import io.strikemq.application.snapshot.StateKeeping;
import io.strikemq.domain.port.in.AwaitState;
import io.strikemq.domain.port.in.DriveClock;
import io.strikemq.domain.port.in.FenceProducers;
import io.strikemq.domain.port.in.InjectFaults;
import io.strikemq.domain.port.in.Powers;
import io.strikemq.domain.port.in.PutRecords;
import io.strikemq.domain.port.in.ReadJournal;
import io.strikemq.domain.port.in.SteerGroups;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;

/** What a test may do to a broker, for as long as the broker lives, whichever core it has. */
final class PowersModule {
    private PowersModule() {}

    static Powers powers(
            InjectFaults faults,
            DriveClock clock,
            AwaitState await,
            ReadJournal journal,
            StateKeeping states,
            Supplier<CorePowers> current) {
        return new Powers(
                faults,
                clock,
                await,
                journal,
                ofCore(SteerGroups.class, () -> current.get().groups()),
                ofCore(FenceProducers.class, () -> current.get().producers()),
                ofCore(PutRecords.class, () -> current.get().records()),
                states,
                states);
    }

    /** A port that asks the one of the core that is there at the moment of each call. */
    private static <T> T ofCore(Class<T> port, Supplier<T> current) {
        Object asking =
                Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (self, method, arguments) -> {
                    try {
                        return method.invoke(current.get(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return port.cast(asking);
    }

    /** Faults of what the shell serves at the moment. */
    static InjectFaults faults(Shell shell) {
        return new FaultInjection(shell.interceptors, () -> shell.apis().faultable(), shell.clock);
    }
}
