package io.strikemq.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Produces onto a topic with {@code retention.bytes} and onto one that is compacted, for half an hour or as long as is said, and looks
 * once a second at what the broker takes: disk, memory, descriptors, mappings. After a while in which caches and logs fill up, none
 * of that may grow any more; it fails if it does. {@code -Dstrikemq.java.options} go to the broker.
 */
public final class Soak {
    private static final int PARTITIONS = 4;
    private static final int RECORD_BYTES = 1000;
    private static final int KEYS = 20_000;
    /** The share of the time after which nothing may grow any more. */
    private static final double WARM = 0.4;

    private static final String IMPATIENT = "log.cleaner.backoff.ms=1000\nlog.retention.check.interval.ms=1000\n";
    private static final int SHOWN_SECONDS = 10;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final Map<String, String> SMALL_SEGMENTS =
            Map.of("segment.bytes", "8388608", "file.delete.delay.ms", "1000");

    private final AtomicLong produced = new AtomicLong();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private volatile boolean ends;

    private Soak() {}

    /** Arguments: minutes, megabytes a second. */
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        int minutes = Integer.parseInt(arguments[0]);
        int megabytesPerSecond = Integer.parseInt(arguments[1]);
        Path folder = Files.createTempDirectory("strikemq-soak");
        boolean isFlat;
        Path settings = Files.writeString(folder.resolve("soak.properties"), IMPATIENT);
        try (MeasuredProcess broker = MeasuredProcess.broker(
                folder.resolve("data"), "--log-level", "warn", "--config", settings.toString())) {
            isFlat = new Soak().run(broker, folder.resolve("data"), minutes, megabytesPerSecond);
        } finally {
            MeasuredProcess.delete(folder);
        }
        System.exit(isFlat ? 0 : 1);
    }

    private boolean run(MeasuredProcess broker, Path data, int minutes, int megabytesPerSecond)
            throws IOException, InterruptedException, ExecutionException {
        createTopics(broker.port());
        long bytesPerSecond = megabytesPerSecond * 1_000_000L;
        List<Thread> producers = new ArrayList<>();
        for (String topic : List.of("kept", "compacted")) {
            Thread thread = new Thread(() -> produce(broker.port(), topic, bytesPerSecond / 2), "to " + topic);
            thread.start();
            producers.add(thread);
        }
        List<ProcessFigures> figures = watch(broker, data, minutes);
        ends = true;
        for (Thread producer : producers) {
            producer.join();
        }
        if (failure.get() != null) {
            System.out.println("producing failed: " + failure.get());
            return false;
        }
        return isFlat(figures);
    }

    /** Once a second; ends early when producing fails. */
    private List<ProcessFigures> watch(MeasuredProcess broker, Path data, int minutes) throws IOException {
        List<ProcessFigures> figures = new ArrayList<>();
        System.out.println(ProcessFigures.HEAD);
        long start = System.nanoTime();
        long pid = broker.handle().pid();
        try (HeapWatch heap = new HeapWatch(pid)) {
            for (long second = 1; second <= 60L * minutes && failure.get() == null; second++) {
                long until = start + second * SECOND_NANOS;
                while (System.nanoTime() < until) {
                    LockSupport.parkNanos(until - System.nanoTime());
                }
                figures.add(ProcessFigures.of(pid, data, heap.megabytes(), produced.get()));
                if (second % SHOWN_SECONDS == 0) {
                    System.out.printf(Locale.ROOT, "%5d s %s%n", second, figures.get(figures.size() - 1));
                }
            }
        }
        return figures;
    }

    private static void createTopics(int port) throws ExecutionException, InterruptedException {
        Map<String, String> kept = new HashMap<>(SMALL_SEGMENTS);
        kept.put("retention.bytes", "33554432");
        Map<String, String> compacted = new HashMap<>(SMALL_SEGMENTS);
        compacted.put("cleanup.policy", "compact");
        compacted.put("min.cleanable.dirty.ratio", "0.5");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port))) {
            admin.createTopics(List.of(
                            new NewTopic("kept", PARTITIONS, (short) 1).configs(kept),
                            new NewTopic("compacted", PARTITIONS, (short) 1).configs(compacted)))
                    .all()
                    .get();
        }
    }

    /** As many bytes a second as are wanted, or as many as the broker takes. */
    private void produce(int port, String topic, long bytesPerSecond) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", "127.0.0.1:" + port, "linger.ms", 5, "batch.size", 65536);
        SplittableRandom random = new SplittableRandom(42);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            long start = System.nanoTime();
            long sent = 0;
            while (!ends) {
                byte[] value = new byte[RECORD_BYTES];
                ByteBuffer.wrap(value).putLong(random.nextLong());
                byte[] key = Integer.toString(random.nextInt(KEYS)).getBytes(StandardCharsets.US_ASCII);
                producer.send(new ProducerRecord<>(topic, key, value), (at, refusal) -> {
                    if (refusal == null) {
                        produced.addAndGet(RECORD_BYTES);
                    } else {
                        failure.compareAndSet(null, refusal);
                    }
                });
                sent += RECORD_BYTES;
                long early = start + (long) ((double) sent / bytesPerSecond * SECOND_NANOS) - System.nanoTime();
                if (early > SECOND_NANOS / 100) {
                    LockSupport.parkNanos(early);
                } else if (early < -SECOND_NANOS) {
                    // What the machine did not manage is not made up for.
                    start -= early;
                }
            }
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    /** Compares the second half of what comes after the warm-up with the first. */
    private static boolean isFlat(List<ProcessFigures> all) {
        List<ProcessFigures> warm = all.subList((int) (all.size() * WARM), all.size());
        List<ProcessFigures> before = warm.subList(0, warm.size() / 2);
        List<ProcessFigures> after = warm.subList(warm.size() / 2, warm.size());
        double seconds = warm.size() - 1.0;
        double rate = (warm.get(warm.size() - 1).producedBytes() - warm.get(0).producedBytes()) / seconds / 1e6;
        System.out.printf(Locale.ROOT, "%.1f MB/s were written%n", rate);
        boolean isFlat = true;
        for (ProcessFigures.Kind kind : ProcessFigures.Kind.values()) {
            double first = kind.of(before.stream());
            double second = kind.of(after.stream());
            boolean grows = kind.grows(first, second);
            isFlat &= !grows;
            System.out.printf(Locale.ROOT, "%-12s %9.1f, then %9.1f%s%n", kind, first, second, grows ? "  GROWS" : "");
        }
        return isFlat;
    }
}
