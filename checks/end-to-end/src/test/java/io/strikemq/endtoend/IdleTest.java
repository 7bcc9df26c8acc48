package io.strikemq.endtoend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 0% CPU when idle, literally: less than one tick in ten seconds, with clients connected and waiting in a fetch, and no
 * thread of the broker's own awake. The kernel tells both by thread, to the nanosecond: ticks themselves are rounded, so
 * that what takes 0.3 ms would now and then be seen as one.
 */
class IdleTest {
    private static final long SETTLE_SECONDS = 60;
    private static final long WINDOW_SECONDS = 10;
    private static final Duration TICK = Duration.ofMillis(10);
    /** In a window; the JVM's own threads wait 5 s at a time, so each of them is awake twice. */
    private static final long MOST_WAKE_UPS = 2 * WINDOW_SECONDS;

    @TempDir
    Path folder;

    @Test
    void theProcessTakesNoCpuTickWhileItsClientsWait() throws Exception {
        Assumptions.assumeTrue(
                Files.exists(Path.of("/proc/self/schedstat")), "only Linux tells what a process's threads have run");
        try (BrokerProcess broker = BrokerProcess.start(folder)) {
            produceOne(broker);
            CountDownLatch done = new CountDownLatch(1);
            List<Thread> waiting = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Thread thread = new Thread(() -> waitInAFetch(broker, done));
                thread.start();
                waiting.add(thread);
            }
            Map<String, Awake> window = settledWindow(broker);
            broker.post("/v1/clock/freeze", "");
            Map<String, Awake> frozen = settledWindow(broker);
            done.countDown();
            // A consumer that closes waits for the answer to its fetch.
            produceOne(broker);
            for (Thread thread : waiting) {
                thread.join();
            }
            assertTrue(isIdle(window), "awake in " + WINDOW_SECONDS + " s: " + window);
            assertTrue(isIdle(frozen), "awake in " + WINDOW_SECONDS + " s with a frozen clock: " + frozen);
        }
    }

    /** The first window in which it is idle, or the last one. */
    private static Map<String, Awake> settledWindow(BrokerProcess broker) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLE_SECONDS);
        Map<String, Awake> window = window(broker);
        while (!isIdle(window) && System.nanoTime() < deadline) {
            window = window(broker);
        }
        return window;
    }

    private static void produceOne(BrokerProcess broker) {
        broker.post("/v1/topics/quiet/messages", "{\"messages\":[{\"value\":\"x\"}]}");
    }

    private static void waitInAFetch(BrokerProcess broker, CountDownLatch done) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "fetch.max.wait.ms", 60_000,
                "request.timeout.ms", 90_000,
                "default.api.timeout.ms", 100_000);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition("quiet", 0);
            consumer.assign(List.of(partition));
            consumer.seekToEnd(List.of(partition));
            while (done.getCount() > 0) {
                consumer.poll(Duration.ofMillis(100));
            }
        }
    }

    /** What one thread has run since its start, or within a window. */
    private record Awake(long nanos, long times) {
        static final Awake NEVER = new Awake(0, 0);

        Awake minus(Awake other) {
            return new Awake(nanos - other.nanos, times - other.times);
        }

        Awake plus(Awake other) {
            return new Awake(nanos + other.nanos, times + other.times);
        }
    }

    private static boolean isIdle(Map<String, Awake> window) {
        Awake all = window.values().stream().reduce(Awake.NEVER, Awake::plus);
        return all.nanos < TICK.toNanos()
                && all.times <= MOST_WAKE_UPS
                && window.keySet().stream().noneMatch(IdleTest::isOurs);
    }

    private static boolean isOurs(String thread) {
        return thread.contains("kafka-") || thread.contains("strikemq-");
    }

    /** The threads that were awake, with their numbers in front of their names. */
    private static Map<String, Awake> window(BrokerProcess broker) throws IOException {
        Map<String, Awake> before = threads(broker);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WINDOW_SECONDS);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        Map<String, Awake> awake = new TreeMap<>();
        threads(broker)
                .forEach((thread, now) -> awake.put(thread, now.minus(before.getOrDefault(thread, Awake.NEVER))));
        awake.values().removeIf(Awake.NEVER::equals);
        return awake;
    }

    private static Map<String, Awake> threads(BrokerProcess broker) throws IOException {
        Map<String, Awake> threads = new TreeMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/" + broker.pid() + "/task"))) {
            for (Path task : tasks) {
                try {
                    String name = Files.readString(task.resolve("comm")).strip();
                    // Time on a processor, time in wait of one, and how often it got one.
                    String[] fields =
                            Files.readString(task.resolve("schedstat")).strip().split(" ");
                    threads.put(
                            task.getFileName() + " " + name,
                            new Awake(Long.parseLong(fields[0]), Long.parseLong(fields[2])));
                } catch (NoSuchFileException e) {
                    // The thread has ended meanwhile: it was awake for that, which is another window's matter.
                    continue;
                }
            }
        }
        return threads;
    }
}
