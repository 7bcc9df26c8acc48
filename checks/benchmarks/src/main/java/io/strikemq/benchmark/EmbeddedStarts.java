package io.strikemq.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Starts and closes brokers in its own JVM, and prints the milliseconds: of the first start, the median and the longest of the
 * others, and the median of the closes. By reflection, since the kinds have no class path in common.
 */
public final class EmbeddedStarts {
    private static final double NANOS_PER_MILLISECOND = 1e6;

    private EmbeddedStarts() {}

    /** A broker that is up. */
    private interface Running {
        void close() throws Exception;
    }

    /** {@code strikemq} or {@code spring}, and how many after the first. */
    public static void main(String[] arguments) throws Exception {
        boolean isOurs = arguments[0].equals("strikemq");
        int count = Integer.parseInt(arguments[1]);
        List<Double> starts = new ArrayList<>();
        List<Double> closes = new ArrayList<>();
        for (int i = 0; i <= count; i++) {
            long begin = System.nanoTime();
            Running broker = isOurs ? ours() : springs();
            long up = System.nanoTime();
            broker.close();
            starts.add((up - begin) / NANOS_PER_MILLISECOND);
            closes.add((System.nanoTime() - up) / NANOS_PER_MILLISECOND);
        }
        double first = starts.remove(0);
        closes.remove(0);
        starts.sort(null);
        closes.sort(null);
        System.out.printf(
                Locale.ROOT,
                "%.1f %.1f %.1f %.1f%n",
                first,
                starts.get(count / 2),
                starts.get(count - 1),
                closes.get(count / 2));
        // Kafka's has threads that keep the process for a while.
        System.exit(0);
    }

    private static Running ours() throws ReflectiveOperationException {
        AutoCloseable broker = (AutoCloseable) Class.forName("io.strikemq.embedded.StrikeMQ")
                .getMethod("start")
                .invoke(null);
        return broker::close;
    }

    private static Running springs() throws ReflectiveOperationException {
        Class<?> type = Class.forName("org.springframework.kafka.test.EmbeddedKafkaKraftBroker");
        Object broker =
                type.getConstructor(int.class, int.class, String[].class).newInstance(1, 1, (Object) new String[0]);
        type.getMethod("afterPropertiesSet").invoke(broker);
        return () -> type.getMethod("destroy").invoke(broker);
    }
}
