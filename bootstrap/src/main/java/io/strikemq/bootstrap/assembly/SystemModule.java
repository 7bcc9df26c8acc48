package io.strikemq.bootstrap.assembly;

import io.strikemq.adapter.compression.NativeCodecs;
import io.strikemq.bootstrap.assembly.Shutdown.Part;
import io.strikemq.bootstrap.system.BackgroundThread;
import io.strikemq.bootstrap.system.RandomIdentifiers;
import io.strikemq.bootstrap.system.SystemClock;
import io.strikemq.bootstrap.system.TimerThread;
import io.strikemq.bootstrap.system.WorkerThreads;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.port.out.Identifiers;

/** Time, chance and compression. */
final class SystemModule {
    private SystemModule() {}

    static Clock clock() {
        return new SystemClock();
    }

    static Identifiers identifiers() {
        return new RandomIdentifiers();
    }

    static TimerThread timer(Shutdown shutdown) {
        return shutdown.closing(Part.TIMER, new TimerThread("strikemq-timer"));
    }

    static BackgroundThread background(Shutdown shutdown) {
        return shutdown.closing(Part.BACKGROUND_THREAD, new BackgroundThread("strikemq-background"));
    }

    static WorkerThreads workers(Shutdown shutdown) {
        return shutdown.closing(Part.WORKER_THREADS, new WorkerThreads("strikemq-worker"));
    }

    static CompressionCodecs codecs() {
        return new NativeCodecs();
    }
}
