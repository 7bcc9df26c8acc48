package io.strikemq.bootstrap.assembly;

import io.strikemq.adapter.compression.NativeCodecs;
import io.strikemq.bootstrap.assembly.Shutdown.Part;
import io.strikemq.bootstrap.system.BackgroundThread;
import io.strikemq.bootstrap.system.ClockDriver;
import io.strikemq.bootstrap.system.RandomIdentifiers;
import io.strikemq.bootstrap.system.SystemClock;
import io.strikemq.bootstrap.system.WorkerThreads;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.port.out.Identifiers;

/** Time, chance and compression. */
final class SystemModule {
    private SystemModule() {}

    /** The real time, for what has to do with connections and the process. */
    static Clock machineClock() {
        return new SystemClock();
    }

    /** The time of all else. */
    static ClockDriver time(Clock machine, Shutdown shutdown) {
        return shutdown.closing(Part.TIMER, new ClockDriver("strikemq-timer", machine));
    }

    static Identifiers identifiers() {
        return new RandomIdentifiers();
    }

    static BackgroundThread background(ClockDriver time, Shutdown shutdown) {
        return shutdown.closing(Part.BACKGROUND_THREAD, new BackgroundThread("strikemq-background", time.unfinished()));
    }

    static WorkerThreads workers(ClockDriver time, Shutdown shutdown) {
        return shutdown.closing(Part.WORKER_THREADS, new WorkerThreads("strikemq-worker", time.unfinished()));
    }

    static CompressionCodecs codecs() {
        return new NativeCodecs();
    }
}
