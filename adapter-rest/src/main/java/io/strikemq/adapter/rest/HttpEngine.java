package io.strikemq.adapter.rest;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jetty, made small: one selector that accepts as well, at most {@link #MAX_THREADS} threads, and none of them wakes up
 * while there is no request and no open connection.
 */
final class HttpEngine {
    static final int BACKLOG = 128;

    private static final Logger LOG = LoggerFactory.getLogger(HttpEngine.class);
    /** The selector's thread, and seven requests at a time. */
    private static final int MAX_THREADS = 8;
    /** Idle threads stay and wait without a timeout: a timeout would wake the process. */
    private static final int NEVER = 0;
    private static final int STOP_TIMEOUT_MS = 5_000;

    private final Server server;
    private final ScheduledThreadPoolExecutor timer;

    /** Serves what arrives at {@code socket} by {@code handler}, once started. */
    HttpEngine(ServerSocketChannel socket, Handler handler) {
        timer = new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "rest-timer"));
        timer.setRemoveOnCancelPolicy(true);
        server = new Server(threads(), new ScheduledExecutorScheduler(timer), null);
        server.addConnector(connector(socket));
        server.setHandler(new GracefulHandler(handler));
        server.setErrorHandler(new JsonErrorPages());
        server.setStopTimeout(STOP_TIMEOUT_MS);
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 1, NEVER);
        threads.setName("rest");
        threads.setReservedThreads(0);
        return threads;
    }

    private ServerConnector connector(ServerSocketChannel socket) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        // Group ids may have slashes, dots and percent signs; nothing here maps a path to a file.
        http.setUriCompliance(UriCompliance.UNSAFE.without(
                "group ids",
                UriCompliance.Violation.BAD_PERCENT_ENCODING,
                UriCompliance.Violation.BAD_UTF8_ENCODING,
                UriCompliance.Violation.TRUNCATED_UTF8_ENCODING,
                UriCompliance.Violation.UTF16_ENCODINGS));
        ServerConnector connector = new ServerConnector(server, 0, 1, new HttpConnectionFactory(http));
        try {
            connector.open(socket);
        } catch (IOException e) {
            throw new IllegalStateException("the REST port was taken before, but cannot be used", e);
        }
        return connector;
    }

    void start() {
        try {
            server.start();
        } catch (Exception e) {
            stop();
            throw new IllegalStateException("the REST API cannot start", e);
        }
    }

    void stop() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("stopping the REST API", e);
        }
        timer.shutdownNow();
        try {
            if (!timer.awaitTermination(STOP_TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
                LOG.warn("the timer of the REST API still runs after {} ms", STOP_TIMEOUT_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
