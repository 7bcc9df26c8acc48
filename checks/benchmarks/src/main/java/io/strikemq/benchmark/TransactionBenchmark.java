package io.strikemq.benchmark;

import io.strikemq.parity.Home;
import io.strikemq.parity.peer.ApacheKafka;
import io.strikemq.parity.peer.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Transactions of 100 records over a few partitions through the Java client, one after the other as fast as it goes, to
 * the built jar and to Apache Kafka, round by round in turn, so that both see the same machine.
 */
public final class TransactionBenchmark {
    private static final int ROUNDS = Integer.getInteger("rounds", 9);
    private static final int WARM_UP_ROUNDS = 5;
    private static final int TRANSACTIONS = Integer.getInteger("transactions", 200);
    private static final int RECORDS = 100;
    private static final int RECORD_SIZE = 200;
    private static final int PARTITIONS = 3;
    private static final String TOPIC = "transactions";

    private TransactionBenchmark() {}

    /** Prints the figures. */
    public static void main(String[] arguments) throws IOException, ExecutionException, InterruptedException {
        Path folder = Files.createTempDirectory("strikemq-benchmark");
        try (MeasuredProcess broker = MeasuredProcess.broker(folder.resolve("strikemq"));
                Peer kafka = ApacheKafka.start(Home.find().kafkaSettings(), folder.resolve("kafka"));
                Side ours = new Side("StrikeMQ", broker.port(), broker.handle());
                Side kafkas =
                        new Side("Apache Kafka", kafka.port(), kafka.process().toHandle())) {
            for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                ours.round();
                kafkas.round();
            }
            ours.begin();
            kafkas.begin();
            for (int round = 0; round < ROUNDS; round++) {
                ours.round();
                kafkas.round();
            }
            report(ours, kafkas);
        } finally {
            MeasuredProcess.delete(folder);
        }
    }

    private static void report(Side ours, Side kafkas) {
        System.out.printf(
                Locale.ROOT,
                "Transactions of %d records of %d bytes in %d partitions, %d rounds of %d%n",
                RECORDS,
                RECORD_SIZE,
                PARTITIONS,
                ROUNDS,
                TRANSACTIONS);
        System.out.println("                transactions/s   ms to commit: p50     p99   the broker's CPU, us each");
        System.out.println(ours);
        System.out.println(kafkas);
        System.out.printf(
                Locale.ROOT,
                "%-16s %13.2f %19.2f %7.2f %14.2f%n",
                "ratio",
                ours.rate() / kafkas.rate(),
                ours.commit(0.5) / kafkas.commit(0.5),
                ours.commit(0.99) / kafkas.commit(0.99),
                ours.cpu() / kafkas.cpu());
    }

    /** One of the brokers, and what was measured of it. */
    private static final class Side implements AutoCloseable {
        private final String name;
        private final ProcessHandle process;
        private final KafkaProducer<byte[], byte[]> producer;
        private final List<Double> rates = new ArrayList<>();
        private final List<Long> commits = new ArrayList<>();
        private Duration cpuBefore;

        Side(String name, int port, ProcessHandle process) throws ExecutionException, InterruptedException {
            this.name = name;
            this.process = process;
            Map<String, Object> settings = Map.of("bootstrap.servers", "127.0.0.1:" + port);
            try (Admin admin = Admin.create(settings)) {
                admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                        .all()
                        .get();
            }
            this.producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", "127.0.0.1:" + port, "transactional.id", TOPIC),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
            producer.initTransactions();
        }

        /** Forgets what was measured so far. */
        void begin() {
            rates.clear();
            commits.clear();
            cpuBefore = cpuTime();
        }

        void round() {
            long start = System.nanoTime();
            for (int i = 0; i < TRANSACTIONS; i++) {
                producer.beginTransaction();
                for (int record = 0; record < RECORDS; record++) {
                    producer.send(new ProducerRecord<>(TOPIC, record % PARTITIONS, null, new byte[RECORD_SIZE]));
                }
                producer.flush();
                long flushed = System.nanoTime();
                producer.commitTransaction();
                commits.add(System.nanoTime() - flushed);
            }
            rates.add(TRANSACTIONS / ((System.nanoTime() - start) / 1e9));
        }

        /** The median round's, in transactions per second. */
        double rate() {
            return rates.stream().sorted().skip(rates.size() / 2).findFirst().orElseThrow();
        }

        /** How long it took to commit what had been acknowledged, in milliseconds. */
        double commit(double share) {
            long at = Math.min(commits.size() - 1L, Math.round(share * commits.size()));
            return commits.stream().sorted().skip(at).findFirst().orElseThrow() / 1e6;
        }

        /** The broker's time for a transaction, in microseconds. */
        double cpu() {
            return cpuTime().minus(cpuBefore).toNanos() / 1e3 / commits.size();
        }

        private Duration cpuTime() {
            return process.info().totalCpuDuration().orElseThrow();
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%-16s %13.0f %19.2f %7.2f %14.0f", name, rate(), commit(0.5), commit(0.99), cpu());
        }

        @Override
        public void close() {
            producer.close(Duration.ZERO);
        }
    }
}
