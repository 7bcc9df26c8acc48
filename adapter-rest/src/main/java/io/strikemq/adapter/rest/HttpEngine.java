package io.strikemq.adapter.rest;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jetty, made small: one acceptor, one selector, at most {@link #MAX_THREADS} threads, and none of them wakes up while
 * there is no request and no open connection.
 */
final class HttpEngine {
    static final int BACKLOG = 128;
    /** For the path, the query string and all headers together. */
    static final int MAX_HEAD_BYTES = 8 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(HttpEngine.class);
    /** The acceptor, the selector, and eight requests at a time: none of them waits for a client. */
    private static final int MAX_THREADS = 10;
    /** Idle threads stay and wait without a timeout: a timeout would wake the process. */
    private static final int NEVER = 0;

    private static final int STOP_TIMEOUT_MS = 5_000;

    private final Server server;
    private final ServerConnector connector;
    private final GracefulHandler calls;
    private final ScheduledThreadPoolExecutor timer;
    /** Begins with the first connection; null until then. */
    private volatile Thread timerThread;

    /** Serves what arrives at {@code socket} by {@code servlet}, once started. */
    HttpEngine(ServerSocketChannel socket, Handler servlet, RestSettings settings, MemoryBudget budget) {
        timer = new ScheduledThreadPoolExecutor(1, task -> timerThread = new Thread(task, "rest-timer"));
        timer.setRemoveOnCancelPolicy(true);
        server = new Server(threads(), new ScheduledExecutorScheduler(timer), null);
        connector = connector(socket);
        RestLimits limits = settings.limits();
        HeadTimes heads = new HeadTimes(server.getScheduler(), server.getThreadPool(), limits.head());
        connector.addBean(heads);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(limits.maxConnections(), connector));
        calls = new GracefulHandler(new CallHandler(servlet, settings, heads, budget));
        server.setHandler(calls);
        server.setErrorHandler(new JsonErrorPages());
    }

    private static QueuedThreadPool threads() {
        // Jetty's own queue would start JMX, only to learn the size of a cache line: 60 ms.
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 1, NEVER, new LinkedBlockingQueue<>());
        threads.setName("rest");
        threads.setReservedThreads(0);
        // As all threads are that know nothing else: what those are that make them.
        threads.setDaemon(Thread.currentThread().isDaemon());
        return threads;
    }

    private ServerConnector connector(ServerSocketChannel socket) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MAX_HEAD_BYTES);
        // Group ids may have slashes, dots and percent signs; nothing here maps a path to a file.
        http.setUriCompliance(UriCompliance.UNSAFE.without(
                "group ids",
                UriCompliance.Violation.BAD_PERCENT_ENCODING,
                UriCompliance.Violation.BAD_UTF8_ENCODING,
                UriCompliance.Violation.TRUNCATED_UTF8_ENCODING,
                UriCompliance.Violation.UTF16_ENCODINGS));
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
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

    /** Jetty's own graceful stop would give each idle connection another second. */
    void stop() {
        CompletableFuture<Void> callsEnded = calls.shutdown();
        connector.close();
        try {
            callsEnded.get(STOP_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("calls of the REST API are cut off: they did not end within {} ms", STOP_TIMEOUT_MS);
        } catch (InterruptedException | ExecutionException e) {
            LOG.warn("calls of the REST API are cut off", e);
        }
        try {
            server.stop();
            timer.shutdownNow();
            Thread last = timerThread;
            if (last != null) {
                last.join(STOP_TIMEOUT_MS);
            }
        } catch (Exception e) {
            LOG.warn("stopping the REST API", e);
        }
    }
}
