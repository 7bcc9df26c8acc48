package io.strikemq.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Many partitions of which each gets a record: how long it takes to create them, to produce their first records and the next
 * ones, and to stop the broker while all of them have something that no checkpoint covers. Then the same once more with the
 * logs that are there.
 */
public final class PartitionBenchmark {
    private static final int TOPICS = Integer.getInteger("topics", 100);
    private static final int PARTITIONS = Integer.getInteger("partitions", 100);

    private PartitionBenchmark() {}

    /** Prints the figures. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("strikemq-benchmark");
        try {
            System.out.println(TOPICS * PARTITIONS + " partitions, seconds");
            MeasuredProcess broker = MeasuredProcess.broker(folder);
            measure("create", () -> create(broker.port()));
            measure("first record of each", () -> produce(broker.port()));
            measure("one more of each", () -> produce(broker.port()));
            measure("stop", () -> stop(broker));
            MeasuredProcess again = MeasuredProcess.broker(folder);
            measure("one more of each, after a start", () -> produce(again.port()));
            measure("stop", () -> stop(again));
        } finally {
            MeasuredProcess.delete(folder);
        }
    }

    private static void measure(String what, Callable<Void> action) throws Exception {
        long start = System.nanoTime();
        action.call();
        System.out.printf(Locale.ROOT, "%-32s %6.1f%n", what, (System.nanoTime() - start) / 1e9);
    }

    private static Void create(int port) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port))) {
            List<Future<Void>> created = new ArrayList<>();
            for (int topic = 0; topic < TOPICS; topic++) {
                NewTopic one = new NewTopic("topic-" + topic, PARTITIONS, (short) 1);
                created.add(admin.createTopics(List.of(one)).all());
            }
            for (Future<Void> each : created) {
                each.get();
            }
        }
        return null;
    }

    private static Void produce(int port) throws ExecutionException, InterruptedException {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + port,
                "linger.ms",
                0,
                "buffer.memory",
                1L << 28,
                "batch.size",
                1000);
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int topic = 0; topic < TOPICS; topic++) {
                for (int partition = 0; partition < PARTITIONS; partition++) {
                    sent.add(producer.send(new ProducerRecord<>("topic-" + topic, partition, null, new byte[100])));
                }
            }
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        }
        return null;
    }

    private static Void stop(MeasuredProcess broker) {
        broker.stop();
        return null;
    }
}
