package io.strikemq.adapter.kafka.net;

import io.strikemq.adapter.kafka.listener.BoundListener;
import io.strikemq.adapter.kafka.listener.KafkaServerSettings;
import io.strikemq.adapter.kafka.listener.ListenerSettings;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.thread.NonBlockingThread;
import java.io.IOException;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Kafka listeners, with their threads. Started once and closed once; both may be called on any thread. */
public final class KafkaServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaServer.class);
    /** Added to the grace that connections have, for threads to end. */
    private static final long JOIN_MILLIS = 5000;

    private final KafkaServerSettings settings;
    private final RequestHandler handler;
    private final Clock clock;
    private final ServerLoad load;
    private final MemoryBudget budget;
    private final List<EventLoop> loops = new ArrayList<>();
    private final List<Thread> loopThreads = new ArrayList<>();
    private volatile List<BoundListener> listeners = List.of();
    private Acceptor acceptor;
    private Thread acceptorThread;

    public KafkaServer(KafkaServerSettings settings, RequestHandler handler, Clock clock) {
        this.settings = settings;
        this.handler = handler;
        this.clock = clock;
        this.load = new ServerLoad(settings.limits().totalUnsentBytes(), clock);
        this.budget = new MemoryBudget(settings.limits().bufferedRequestBytes());
    }

    /**
     * Takes the ports and begins to serve.
     *
     * @throws IOException with a sentence that names the address, when one cannot be had; nothing is left open then
     */
    public synchronized void start() throws IOException {
        try {
            // The JDK takes a descriptor of its own at the first close: later there may be none left.
            Selector.open().close();
            for (int i = 0; i < settings.eventLoops(); i++) {
                loops.add(new EventLoop(handler, settings.limits(), budget, load, clock));
            }
            acceptor = new Acceptor(loops, load, settings.limits().maxConnections());
            List<BoundListener> bound = new ArrayList<>();
            for (ListenerSettings listener : settings.listeners()) {
                bound.add(acceptor.bind(listener));
            }
            listeners = List.copyOf(bound);
        } catch (IOException | RuntimeException e) {
            loops.forEach(EventLoop::end);
            if (acceptor != null) {
                acceptor.release();
                acceptor = null;
            }
            throw e;
        }
        startThreads();
    }

    private void startThreads() {
        for (int i = 0; i < loops.size(); i++) {
            EventLoop loop = loops.get(i);
            loop.onConnectionClosed(acceptor::connectionClosed);
            loopThreads.add(started(loop, "kafka-io-" + i));
        }
        acceptorThread = started(acceptor, "kafka-acceptor");
    }

    private static Thread started(Runnable work, String name) {
        Thread thread = new NonBlockingThread(work, name);
        thread.start();
        return thread;
    }

    /** The listeners with the ports that were really bound, in the order of the settings; empty before the start. */
    public List<BoundListener> listeners() {
        return listeners;
    }

    /** How many event loops serve. */
    public int ioThreads() {
        return settings.eventLoops();
    }

    /** How many clients are connected. */
    public int connections() {
        return load.connections().get();
    }

    /** How many exceptions that nobody expected have closed a connection. */
    public long failures() {
        return load.failures();
    }

    /** How often event loops were awake since the start: it does not grow while nothing happens. */
    public synchronized long wakeUps() {
        return loops.stream().mapToLong(EventLoop::selects).sum();
    }

    /** Accepts nothing more, finishes what is being worked on within the grace, closes all, and ends all threads. */
    @Override
    public synchronized void close() {
        if (acceptor == null) {
            return;
        }
        acceptor.close();
        join(acceptorThread);
        loops.forEach(loop -> loop.drain(settings.closeGrace()));
        loopThreads.forEach(this::join);
        load.refusals().close();
        acceptor = null;
    }

    private void join(Thread thread) {
        try {
            thread.join(settings.closeGrace().toMillis() + JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.error("Thread {} does not end", thread.getName());
        }
    }
}
