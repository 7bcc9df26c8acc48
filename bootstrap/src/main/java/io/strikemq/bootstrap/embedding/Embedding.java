package io.strikemq.bootstrap.embedding;

import io.strikemq.bootstrap.Broker;
import io.strikemq.bootstrap.StartException;
import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.bootstrap.config.ConfigurationException;
import io.strikemq.bootstrap.config.Settings;
import io.strikemq.domain.embedding.EmbeddedBroker;
import io.strikemq.domain.embedding.EmbeddedBrokers;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Starts brokers on threads that have nothing of the caller's: neither its class loader nor its thread locals. */
public final class Embedding implements EmbeddedBrokers {
    /** Used by reflection: there is no common type to make one by but the interface. */
    public Embedding() {}

    @Override
    public EmbeddedBroker start(Map<String, String> settings) {
        Configuration configuration = configuration(settings);
        BrokerLog log = new BrokerLog(configuration.get(Settings.LOG_LEVEL));
        FutureTask<Broker> start = new FutureTask<>(() -> log.during(() -> {
            configuration.notices().forEach(log::add);
            return Broker.startWithoutHttp(configuration);
        }));
        Thread thread = new Thread(null, start, "strikemq-start", 0, false);
        thread.setContextClassLoader(Embedding.class.getClassLoader());
        // The broker's threads are made by this one, and each is what the one is that made it.
        thread.setDaemon(true);
        thread.start();
        return new RunningBroker(result(start), configuration, log);
    }

    private static Configuration configuration(Map<String, String> settings) {
        try {
            return EmbeddedSettings.load(settings);
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Waits without regard to interrupts, so that no broker is left behind; an interrupt is kept for the caller. */
    private static Broker result(FutureTask<Broker> start) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return start.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw failure(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** No exception of a hidden class goes out: the caller could not name it. */
    private static RuntimeException failure(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof StartException
                ? new IllegalStateException(cause.getMessage(), cause)
                : new IllegalStateException("StrikeMQ cannot start: " + cause, cause);
    }
}
