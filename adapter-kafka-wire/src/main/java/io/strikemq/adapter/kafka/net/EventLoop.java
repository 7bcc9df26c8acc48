package io.strikemq.adapter.kafka.net;

import io.strikemq.adapter.kafka.listener.ConnectionLimits;
import io.strikemq.domain.port.out.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves its connections on one thread. The only way in from another thread is {@link #post}.
 *
 * <p>Blocks without a timeout while nothing is due: without clients, or with clients that wait, it makes no system call
 * until the first of them has been silent for too long.
 */
final class EventLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);
    private static final int READ_BUFFER = 128 * 1024;
    private static final int TASKS_PER_TURN = 1024;
    private static final long NEVER = Long.MAX_VALUE;
    /** How often, while somebody waits for memory, it is looked for frames that stand still. */
    private static final long RECLAIM_NANOS = Duration.ofSeconds(1).toNanos();

    private final RequestHandler handler;
    private final ConnectionLimits limits;
    private final MemoryBudget budget;
    private final ServerLoad load;
    private final Clock clock;
    private final Selector selector;
    private final long maxIdle;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean wakeUpSent = new AtomicBoolean();
    private volatile Thread owner;
    private volatile boolean ended;
    private volatile long selects;

    // Only the owner touches what follows.
    private final Set<Connection> connections = new LinkedHashSet<>();
    private final BufferPool pool = new BufferPool();
    private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BUFFER);
    private final ByteBuffer[] scratch = new ByteBuffer[ResponseQueue.GATHER];
    private Runnable onConnectionClosed = () -> {};
    private long now;
    private long idleCheckAt = NEVER;
    private long closeAt = NEVER;
    private long reclaimAt = NEVER;
    private boolean draining;

    EventLoop(RequestHandler handler, ConnectionLimits limits, MemoryBudget budget, ServerLoad load, Clock clock)
            throws IOException {
        this.handler = handler;
        this.limits = limits;
        this.budget = budget;
        this.load = load;
        this.clock = clock;
        this.selector = Selector.open();
        this.maxIdle = limits.maxIdle().isZero() ? NEVER : limits.maxIdle().toNanos();
        budget.onReclaim(() -> post(this::closeStalled));
    }

    /** Serves until {@link #drain} has come to its end. */
    @Override
    public void run() {
        owner = Thread.currentThread();
        now = clock.monotonicNanos();
        try {
            while (!isDone()) {
                select();
                turn(clock.monotonicNanos());
            }
        } catch (IOException | RuntimeException | Error e) {
            load.failed();
            LOG.error("An event loop of the Kafka server failed; its connections are closed", e);
        } finally {
            end();
        }
    }

    /**
     * One turn at a time of the caller's choice, without waiting: tests drive the loop by this, on one thread.
     *
     * @return how many connections the selector found ready
     */
    int runOnce(long time) throws IOException {
        owner = Thread.currentThread();
        int ready = selector.selectNow();
        turn(time);
        return ready;
    }

    private void select() throws IOException {
        long due = Math.min(Math.min(idleCheckAt, closeAt), reclaimAt);
        if (!tasks.isEmpty()) {
            selector.selectNow();
        } else if (due == NEVER) {
            selector.select();
        } else {
            long millis = TimeUnit.NANOSECONDS.toMillis(due - now) + 1;
            selector.select(Math.max(1, millis));
        }
        selects++;
    }

    private void turn(long time) {
        now = time;
        Set<SelectionKey> selected = selector.selectedKeys();
        if (!selected.isEmpty()) {
            for (SelectionKey key : selected) {
                ((Connection) key.attachment()).ready(now);
            }
            selected.clear();
        }
        runTasks();
        if (now >= idleCheckAt) {
            closeIdle();
        }
        if (now >= reclaimAt) {
            reclaimMemory();
        }
        if (now >= closeAt) {
            closeAll();
        }
    }

    private void runTasks() {
        wakeUpSent.set(false);
        for (int i = 0; i < TASKS_PER_TURN; i++) {
            Runnable task = tasks.poll();
            if (task == null) {
                return;
            }
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                load.failed();
                LOG.error("A task of an event loop failed", e);
            }
        }
    }

    /**
     * Runs a task on this loop's thread, never before this call returned to a caller on that thread.
     *
     * @return false when the loop has ended and the task will not run
     */
    boolean post(Runnable task) {
        if (ended) {
            return false;
        }
        tasks.add(task);
        if (!isCurrent() && wakeUpSent.compareAndSet(false, true)) {
            selector.wakeup();
        }
        return !ended || !tasks.remove(task);
    }

    /** Takes a connection for life. Called on any thread. */
    void adopt(SocketChannel channel, ConnectionInfo info) {
        boolean taken = post(() -> register(channel, info));
        if (!taken) {
            drop(channel);
        }
    }

    private void register(SocketChannel channel, ConnectionInfo info) {
        if (draining) {
            drop(channel);
            return;
        }
        Connection connection = new Connection(this, channel, info, limits);
        try {
            connection.register(channel.register(selector, SelectionKey.OP_READ, connection), now);
        } catch (IOException e) {
            drop(channel);
            return;
        }
        connections.add(connection);
        if (maxIdle != NEVER) {
            idleCheckAt = Math.min(idleCheckAt, now + maxIdle);
        }
    }

    /** Drops a connection that has closed itself. */
    void forget(Connection connection, SocketChannel channel) {
        connections.remove(connection);
        drop(channel);
    }

    /** Closes a channel that counts as a connection, and is not registered any more. Called on any thread. */
    void drop(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("A connection could not be closed in good order: {}", e.getMessage());
        }
        load.connections().decrementAndGet();
        onConnectionClosed.run();
    }

    private void closeIdle() {
        long next = NEVER;
        for (Connection connection : new ArrayList<>(connections)) {
            long deadline = connection.idleDeadline(maxIdle);
            if (deadline <= now) {
                connection.closeIdle();
            } else {
                next = Math.min(next, deadline);
            }
        }
        idleCheckAt = next;
    }

    /** A connection of this loop waits for memory: somebody may have to give some up. */
    void memoryIsShort() {
        if (reclaimAt == NEVER) {
            reclaimAt = now + RECLAIM_NANOS;
        }
    }

    private void reclaimMemory() {
        reclaimAt = NEVER;
        for (Connection connection : connections) {
            if (connection.state() == Connection.State.STARVED) {
                budget.reclaim();
                memoryIsShort();
                return;
            }
        }
    }

    private void closeStalled() {
        for (Connection connection : new ArrayList<>(connections)) {
            connection.closeIfStalled(now);
        }
    }

    /** Lets connections finish what is being worked on, for so long at the most, and ends. Called on any thread. */
    void drain(Duration grace) {
        post(() -> {
            draining = true;
            closeAt = now + grace.toNanos();
            new ArrayList<>(connections).forEach(Connection::drain);
        });
    }

    private boolean isDone() {
        return draining && connections.isEmpty();
    }

    private void closeAll() {
        new ArrayList<>(connections).forEach(Connection::close);
    }

    /** Gives everything back; what is posted from now on is told so. */
    void end() {
        draining = true;
        closeAll();
        ended = true;
        while (!tasks.isEmpty()) {
            runTasks();
        }
        try {
            selector.close();
        } catch (IOException e) {
            LOG.debug("A selector could not be closed in good order: {}", e.getMessage());
        }
    }

    /** Whoever accepts connections wants to know when one closes, wherever that happens. */
    void onConnectionClosed(Runnable action) {
        onConnectionClosed = action;
    }

    boolean isCurrent() {
        return Thread.currentThread() == owner;
    }

    /** How often the loop was awake. */
    long selects() {
        return selects;
    }

    /** Monotonic nanoseconds of this turn. */
    long now() {
        return now;
    }

    RequestHandler handler() {
        return handler;
    }

    BufferPool pool() {
        return pool;
    }

    MemoryBudget budget() {
        return budget;
    }

    ServerLoad load() {
        return load;
    }

    ByteBuffer readBuffer() {
        return readBuffer;
    }

    ByteBuffer[] scratch() {
        return scratch;
    }
}
