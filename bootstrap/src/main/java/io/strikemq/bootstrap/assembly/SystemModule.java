package io.strikemq.bootstrap.assembly;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.strikemq.adapter.compression.NativeCodecs;
import io.strikemq.bootstrap.assembly.Shutdown.Part;
import io.strikemq.bootstrap.system.BackgroundThread;
import io.strikemq.bootstrap.system.RandomIdentifiers;
import io.strikemq.bootstrap.system.SystemClock;
import io.strikemq.bootstrap.system.TimerThread;
import io.strikemq.bootstrap.system.WorkerThreads;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.port.out.Identifiers;

/** Time, chance and compression. */
final class SystemModule extends AbstractModule {
    @Provides
    @Singleton
    Clock clock() {
        return new SystemClock();
    }

    @Provides
    @Singleton
    Identifiers identifiers() {
        return new RandomIdentifiers();
    }

    @Provides
    @Singleton
    TimerThread timer(Shutdown shutdown) {
        return shutdown.closing(Part.TIMER, new TimerThread("strikemq-timer"));
    }

    @Provides
    @Singleton
    BackgroundThread background(Shutdown shutdown) {
        return shutdown.closing(Part.BACKGROUND_THREAD, new BackgroundThread("strikemq-background"));
    }

    @Provides
    @Singleton
    WorkerThreads workers(Shutdown shutdown) {
        return shutdown.closing(Part.WORKER_THREADS, new WorkerThreads("strikemq-worker"));
    }

    @Provides
    Deadlines deadlines(TimerThread timer) {
        return timer;
    }

    @Provides
    @Singleton
    CompressionCodecs codecs() {
        return new NativeCodecs();
    }
}
