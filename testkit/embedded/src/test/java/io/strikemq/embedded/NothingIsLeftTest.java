package io.strikemq.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a broker leaves behind when it is closed: nothing. */
class NothingIsLeftTest {
    private static final int BROKERS = 50;
    /** One for all: its selector is there until it is collected. */
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    @Timeout(120)
    void neitherThreadNorDescriptorNorMapping() throws Exception {
        // What a JVM keeps of its first broker is the classes.
        use(0);
        Set<Thread> threads = threads();
        Map<String, Long> descriptors = descriptors();

        for (int i = 0; i < BROKERS; i++) {
            use(i);
        }

        awaitNoMoreThan(threads);
        assertEquals(List.of(), mappings());
        // The HTTP client closes its ends of connections a moment after the broker has closed the others.
        while (!more(descriptors(), descriptors).isEmpty()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void manyWorkAtTheSameTime() throws Exception {
        Set<Thread> threads = threads();
        ExecutorService users = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> all = IntStream.range(0, 16)
                    .<Callable<Void>>mapToObj(i -> () -> {
                        use(i);
                        return null;
                    })
                    .toList();
            for (Future<Void> each : users.invokeAll(all)) {
                each.get();
            }
        } finally {
            users.shutdown();
            assertTrue(users.awaitTermination(10, TimeUnit.SECONDS));
        }
        awaitNoMoreThan(threads);
    }

    @Test
    void allThreadsAreDaemons() throws Exception {
        Set<Thread> before = threads();
        try (StrikeMQ broker = StrikeMQ.start()) {
            get(broker.httpUrl() + "/v1/topics");
            Clients.produce(broker, "orders", "first");
            List<String> others = difference(threads(), before).stream()
                    .filter(thread -> !thread.isDaemon())
                    .map(Thread::getName)
                    .toList();
            assertEquals(List.of(), others);
        }
    }

    @Test
    @Timeout(60)
    void theBrokerItselfIsGarbage() throws Exception {
        List<WeakReference<Object>> brokers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            brokers.add(used(i));
        }
        while (brokers.stream().anyMatch(broker -> broker.get() != null)) {
            System.gc();
            Thread.onSpinWait();
        }
    }

    /** What the handle has of the hidden side. */
    private WeakReference<Object> used(int number) throws Exception {
        try (StrikeMQ broker = start(number)) {
            use(broker, number);
            Object embedded = field(broker, "broker");
            return new WeakReference<>(field(embedded, "broker"));
        }
    }

    private static Object field(Object owner, String name) throws ReflectiveOperationException {
        Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }

    @Test
    @Timeout(30)
    void closingDoesNotWaitForClientsThatAreStillThere() {
        StrikeMQ broker = StrikeMQ.options().topic("orders", 1).start();
        KafkaConsumer<String, String> consumer = Clients.consumer(broker, "orders");
        Clients.produce(broker, "orders", "first");
        while (consumer.poll(Duration.ofSeconds(1)).isEmpty()) {
            // The group forms.
        }
        long begin = System.nanoTime();
        broker.close();
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        consumer.close(CloseOptions.timeout(Duration.ZERO));
        assertTrue(taken.toMillis() < 1_000, () -> taken.toString());
    }

    private void use(int number) throws Exception {
        try (StrikeMQ broker = start(number)) {
            use(broker, number);
        }
    }

    /** Every other one keeps its records in files. */
    private StrikeMQ start(int number) throws IOException {
        Options options = StrikeMQ.options().topic("orders", 3);
        return number % 2 == 0
                ? options.start()
                : options.logDirectory(Files.createTempDirectory(folder, "data"))
                        .start();
    }

    private static void use(StrikeMQ broker, int number) throws Exception {
        Clients.produce(broker, "orders", "first");
        if (number % 10 < 2) {
            assertEquals(List.of("first"), Clients.consume(broker, "orders", 1));
            get(broker.httpUrl() + "/v1/topics");
        }
    }

    private static void get(String url) throws Exception {
        HttpResponse<String> answer =
                HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode());
    }

    /** But for those of the JDK's HTTP client, which end when it is collected. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("HttpClient-"))
                .filter(thread -> !thread.getName().startsWith("ForkJoinPool"))
                .collect(Collectors.toSet());
    }

    /** A pool tells that it has ended when its threads are about to. */
    private static void awaitNoMoreThan(Set<Thread> before) throws InterruptedException {
        for (Thread thread : difference(threads(), before)) {
            thread.join(1_000);
            assertFalse(thread.isAlive(), () -> thread + " is still there");
        }
    }

    private static Set<Thread> difference(Set<Thread> now, Set<Thread> before) {
        return now.stream()
                .filter(thread -> !before.contains(thread) && thread.isAlive())
                .collect(Collectors.toSet());
    }

    /** How many there are of sockets, and of each file. */
    private Map<String, Long> descriptors() throws IOException {
        System.gc();
        Map<String, Long> counts = new TreeMap<>();
        try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
            for (Path link : links.toList()) {
                try {
                    String target = Files.readSymbolicLink(link).toString();
                    String kind = target.replaceAll("\\[.*]", "");
                    if (!target.endsWith(".jar")) {
                        counts.merge(kind, 1L, Long::sum);
                    }
                } catch (IOException e) {
                    // The descriptor by which the folder was read.
                }
            }
        }
        return counts;
    }

    /** Of what there are more than before; others in this JVM may have closed some meanwhile. */
    private static Map<String, Long> more(Map<String, Long> now, Map<String, Long> before) {
        Map<String, Long> more = new TreeMap<>(now);
        more.entrySet().removeIf(count -> count.getValue() <= before.getOrDefault(count.getKey(), 0L));
        return more;
    }

    private List<String> mappings() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(line -> line.contains(folder.toString()))
                .toList();
    }
}
