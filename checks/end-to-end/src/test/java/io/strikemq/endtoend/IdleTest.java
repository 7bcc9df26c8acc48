package io.strikemq.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 0% CPU when idle, literally: no tick in ten seconds, with clients connected and waiting in a fetch. */
class IdleTest {
    private static final long SETTLE_SECONDS = 30;
    private static final long WINDOW_SECONDS = 10;

    @TempDir
    Path folder;

    @Test
    void theProcessTakesNoCpuTickWhileItsClientsWait() throws Exception {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/stat")), "only Linux tells a process's CPU ticks");
        try (BrokerProcess broker = BrokerProcess.start(folder)) {
            produceOne(broker);
            CountDownLatch done = new CountDownLatch(1);
            List<Thread> waiting = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Thread thread = new Thread(() -> waitInAFetch(broker, done));
                thread.start();
                waiting.add(thread);
            }
            long best = Long.MAX_VALUE;
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLE_SECONDS);
            while (best > 0 && System.nanoTime() < deadline) {
                best = Math.min(best, ticksWithin(broker));
            }
            done.countDown();
            // A consumer that closes waits for the answer to its fetch.
            produceOne(broker);
            for (Thread thread : waiting) {
                thread.join();
            }
            assertEquals(0, best, "CPU ticks in " + WINDOW_SECONDS + " s");
        }
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

    private static long ticksWithin(BrokerProcess broker) throws IOException {
        long before = ticks(broker);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WINDOW_SECONDS);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        return ticks(broker) - before;
    }

    /** utime + stime, the 14th and 15th field; the name in parentheses before them may hold spaces. */
    private static long ticks(BrokerProcess broker) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + broker.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }
}
