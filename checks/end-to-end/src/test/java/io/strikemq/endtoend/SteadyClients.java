package io.strikemq.endtoend;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A producer, and fetching connections on every event loop, that ask for topic {@code steady} again and again and note
 * how long each answer takes.
 */
final class SteadyClients implements AutoCloseable {
    /** Connections are dealt to the loops in turn, so that some of them are on each. */
    private static final int CONNECTIONS = 4;

    private static final long PAUSE_NANOS = 3_000_000;

    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong worstNanos = new AtomicLong();
    private final AtomicLong rounds = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean closed;

    /** What is done while they wait. */
    interface Action {
        void run() throws Exception;
    }

    SteadyClients(BrokerProcess broker) {
        start(() -> produce(broker));
        for (int i = 0; i < CONNECTIONS; i++) {
            start(() -> fetch(broker.kafkaPort()));
        }
        awaitRounds(100 * CONNECTIONS);
    }

    private void start(Action client) {
        Thread thread = new Thread(() -> {
            try {
                client.run();
            } catch (Exception | AssertionError e) {
                failure.compareAndSet(null, e);
            }
        });
        threads.add(thread);
        thread.start();
    }

    private void produce(BrokerProcess broker) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 0);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            while (!closed) {
                measured(() -> producer.send(new ProducerRecord<>("steady", new byte[100]))
                        .get());
            }
        }
    }

    private void fetch(int port) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            while (!closed) {
                measured(() -> {
                    socket.getOutputStream().write(RawRequests.fetch("steady", 1, 1000));
                    RawRequests.readCorrelationId(socket);
                });
            }
        } catch (IOException e) {
            throw new IllegalStateException("A steady client was disconnected", e);
        }
    }

    private void measured(Action request) throws Exception {
        long begin = System.nanoTime();
        request.run();
        worstNanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
        rounds.incrementAndGet();
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    /** The longest that any of them waited for an answer during the action, in milliseconds. */
    long worstWaitDuring(Action action) throws Exception {
        worstNanos.set(0);
        action.run();
        // Whoever waited in the end has to get its answer before it counts.
        long enough = rounds.get() + 10 * CONNECTIONS;
        awaitRounds(enough);
        return worstNanos.get() / 1_000_000;
    }

    private void awaitRounds(long enough) {
        boolean isReached = Await.until(30, () -> rounds.get() > enough || failure.get() != null);
        if (!isReached || failure.get() != null) {
            throw new IllegalStateException("A steady client failed, after " + rounds + " rounds", failure.get());
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
