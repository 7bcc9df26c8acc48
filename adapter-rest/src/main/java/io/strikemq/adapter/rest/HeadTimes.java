package io.strikemq.adapter.rest;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections that take too long to bring the head of their next request. Jetty's own idle timeout begins anew
 * with every byte.
 */
final class HeadTimes implements Connection.Listener {
    private final Map<Connection, TimeLimit> limits = new ConcurrentHashMap<>();
    private final Scheduler scheduler;
    private final Executor executor;
    private final Duration limit;

    HeadTimes(Scheduler scheduler, Executor executor, Duration limit) {
        this.scheduler = scheduler;
        this.executor = executor;
        this.limit = limit;
    }

    @Override
    public void onOpened(Connection connection) {
        TimeLimit time = new TimeLimit(
                scheduler, executor, limit, () -> connection.getEndPoint().close());
        limits.put(connection, time);
        time.start();
    }

    @Override
    public void onClosed(Connection connection) {
        TimeLimit time = limits.remove(connection);
        if (time != null) {
            time.stop();
        }
    }

    /** The head is there: for the call that it begins there are other limits. */
    void headArrived(Connection connection) {
        TimeLimit time = limits.get(connection);
        if (time != null) {
            time.stop();
        }
    }

    /** The call is over, the next head may come. */
    void awaitNext(Connection connection) {
        TimeLimit time = limits.get(connection);
        if (time != null) {
            time.start();
            if (!limits.containsKey(connection)) {
                time.stop();
            }
        }
    }
}
