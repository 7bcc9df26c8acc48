package io.strikemq.benchmark;

import io.strikemq.parity.Home;
import io.strikemq.parity.peer.ApacheKafka;
import io.strikemq.parity.peer.Peer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The built jar beside Apache Kafka on the same machine: the start until a broker is ready, the round trip of a record of
 * 1 KB, fetching as fast as the Java consumer goes, and what each takes when nothing happens; in turn, medians.
 */
public final class KafkaBenchmark {
    private static final int ROUNDS = Integer.getInteger("rounds", 7);
    private static final int WARM_UP_ROUNDS = 3;
    private static final int ROUND_TRIPS = 3_000;
    private static final int BATCHES = 600;
    private static final int RECORDS_PER_BATCH = 100;
    private static final int RECORD_SIZE = 1024;
    private static final long IDLE_MILLIS = 10_000;
    private static final String TRIPS = "trips";
    private static final String FETCHED = "fetched";

    private KafkaBenchmark() {}

    /** Prints the figures. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("strikemq-benchmark");
        try {
            compareStarts(folder);
            try (MeasuredProcess broker = MeasuredProcess.broker(folder.resolve("strikemq"));
                    Peer kafka = ApacheKafka.start(Home.find().kafkaSettings(), folder.resolve("kafka"));
                    Side ours = new Side(broker.port(), broker.handle());
                    Side theirs = new Side(kafka.port(), kafka.process().toHandle())) {
                for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
                    ours.round(round >= 0);
                    theirs.round(round >= 0);
                }
                print("round trip of 1 KB, p50, us", ours.trip(0.5), theirs.trip(0.5));
                print("round trip of 1 KB, p99, us", ours.trip(0.99), theirs.trip(0.99));
                print("round trip of 1 KB, p99.9, us", ours.trip(0.999), theirs.trip(0.999));
                print("fetch, thousand records/s", ours.fetched(), theirs.fetched());
                Duration before = ours.cpu();
                Duration theirsBefore = theirs.cpu();
                Thread.sleep(IDLE_MILLIS);
                print(
                        "idle, ms of CPU in 10 s",
                        ours.cpu().minus(before).toMillis(),
                        theirs.cpu().minus(theirsBefore).toMillis());
                print("after all that, MB resident", ours.residentMegabytes(), theirs.residentMegabytes());
            }
        } finally {
            MeasuredProcess.delete(folder);
        }
    }

    private static void compareStarts(Path folder) throws IOException {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int run = 0; run < ROUNDS; run++) {
            try (MeasuredProcess broker = MeasuredProcess.broker(folder.resolve("start-" + run))) {
                ours.add(millisSinceStart(broker.handle()));
            }
            try (Peer kafka = ApacheKafka.start(Home.find().kafkaSettings(), folder.resolve("kafka-start-" + run))) {
                theirs.add(millisSinceStart(kafka.process().toHandle()));
            }
        }
        System.out.printf(Locale.ROOT, "%-32s %10s %14s %8s%n", "", "StrikeMQ", "Apache Kafka", "ratio");
        print("start until ready, ms", median(ours), median(theirs));
    }

    private static double millisSinceStart(ProcessHandle process) {
        return Duration.between(process.info().startInstant().orElseThrow(), Instant.now())
                .toMillis();
    }

    private static void print(String what, double ours, double theirs) {
        System.out.printf(Locale.ROOT, "%-32s %10.1f %14.1f %8.2f%n", what, ours, theirs, ours / theirs);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    /** One of the brokers, and what was measured of it. */
    private static final class Side implements AutoCloseable {
        private final ProcessHandle process;
        private final Wire wire;
        private final KafkaConsumer<byte[], byte[]> consumer;
        private final List<Double> fetched = new ArrayList<>();
        private long[] trips = {};

        Side(int port, ProcessHandle process) throws IOException, InterruptedException {
            this.process = process;
            this.wire = new Wire(port);
            create(TRIPS);
            create(FETCHED);
            ByteBuffer batch = Requests.produce(FETCHED, RECORDS_PER_BATCH, RECORD_SIZE);
            for (int i = 0; i < BATCHES; i++) {
                produce(FETCHED, batch);
            }
            consumer = new KafkaConsumer<>(
                    Map.of("bootstrap.servers", "127.0.0.1:" + port),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
            consumer.assign(List.of(new TopicPartition(FETCHED, 0)));
        }

        /** Kafka has the partition's leader some time after it has the topic. */
        private void create(String topic) throws IOException, InterruptedException {
            ByteBuffer record = Requests.produce(topic, 1, RECORD_SIZE);
            do {
                Thread.sleep(50);
                wire.send(Requests.metadata(topic));
                wire.receiveFrame(-1);
                wire.send(record);
            } while (wire.receiveFrame(Requests.errorCodeAt(topic)) != 0);
        }

        private void produce(String topic, ByteBuffer request) throws IOException {
            wire.send(request);
            short error = wire.receiveFrame(Requests.errorCodeAt(topic));
            if (error != 0) {
                throw new IllegalStateException("the broker answered error " + error);
            }
        }

        void round(boolean counts) throws IOException {
            long[] times = new long[ROUND_TRIPS];
            ByteBuffer request = Requests.produce(TRIPS, 1, RECORD_SIZE);
            for (int i = 0; i < ROUND_TRIPS; i++) {
                long start = System.nanoTime();
                produce(TRIPS, request);
                times[i] = System.nanoTime() - start;
            }
            consumer.seek(new TopicPartition(FETCHED, 0), 0);
            long start = System.nanoTime();
            int wanted = BATCHES * RECORDS_PER_BATCH;
            for (int got = 0; got < wanted; ) {
                got += consumer.poll(Duration.ofSeconds(1)).count();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            if (counts) {
                int before = trips.length;
                trips = Arrays.copyOf(trips, before + times.length);
                System.arraycopy(times, 0, trips, before, times.length);
                fetched.add(wanted / seconds / 1000);
            }
        }

        /** In microseconds. */
        double trip(double share) {
            Arrays.sort(trips);
            return trips[(int) (trips.length * share)] / 1e3;
        }

        double fetched() {
            return median(fetched);
        }

        Duration cpu() {
            return process.info().totalCpuDuration().orElseThrow();
        }

        double residentMegabytes() throws IOException {
            return MeasuredProcess.residentMegabytes(process.pid());
        }

        @Override
        public void close() throws IOException {
            consumer.close();
            wire.close();
        }
    }
}
