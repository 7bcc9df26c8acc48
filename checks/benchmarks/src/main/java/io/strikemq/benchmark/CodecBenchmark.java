package io.strikemq.benchmark;

import io.strikemq.parity.Home;
import io.strikemq.parity.peer.ApacheKafka;
import io.strikemq.parity.peer.Peer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Records of 1 KB in batches of 128 KB through the Java client as fast as it goes, by each codec, to the built jar and to
 * Apache Kafka, round by round in turn, so that both see the same machine.
 */
public final class CodecBenchmark {
    private static final int ROUNDS = Integer.getInteger("rounds", 7);
    private static final int WARM_UP_ROUNDS = 3;
    private static final int RECORDS = Integer.getInteger("records", 30_000);
    private static final int RECORD_SIZE = 1024;
    private static final int BATCH_SIZE = 128 * 1024;
    private static final List<String> CODECS = List.of("none", "gzip", "snappy", "lz4", "zstd");

    private static final byte[][] VALUES = values();

    private CodecBenchmark() {}

    /** Prints the figures. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("strikemq-benchmark");
        try (MeasuredProcess broker = MeasuredProcess.broker(folder.resolve("strikemq"));
                Peer kafka = ApacheKafka.start(Home.find().kafkaSettings(), folder.resolve("kafka"))) {
            System.out.println("1 KB records, " + ROUNDS + " rounds of " + RECORDS
                    + ": records/s and mean ms until acknowledged," + " medians; the broker's CPU time for a record");
            System.out.println(
                    "codec    StrikeMQ                          Apache Kafka                      ratio of rates");
            for (String codec : arguments.length == 0 ? CODECS : List.of(arguments)) {
                compare(
                        new Side(codec, broker.port(), broker.handle()),
                        new Side(codec, kafka.port(), kafka.process().toHandle()));
            }
        } finally {
            MeasuredProcess.delete(folder);
        }
    }

    private static void compare(Side ours, Side kafkas) {
        try (ours;
                kafkas) {
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
            System.out.printf(
                    Locale.ROOT, "%-8s %s   %s %10.2f%n", ours.codec, ours, kafkas, ours.rate() / kafkas.rate());
        }
    }

    /** One of the brokers, and what was measured of it. */
    private static final class Side implements AutoCloseable {
        private final String codec;
        private final ProcessHandle process;
        private final KafkaProducer<byte[], byte[]> producer;
        private final List<Double> rates = new ArrayList<>();
        private final List<Double> latencies = new ArrayList<>();
        private Duration cpuBefore;

        Side(String codec, int port, ProcessHandle process) {
            this.codec = codec;
            this.process = process;
            this.producer = new KafkaProducer<>(
                    Map.of(
                            "bootstrap.servers",
                            "127.0.0.1:" + port,
                            "compression.type",
                            codec,
                            "batch.size",
                            BATCH_SIZE),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
        }

        /** Forgets what was measured so far. */
        void begin() {
            rates.clear();
            latencies.clear();
            cpuBefore = cpu();
        }

        void round() {
            AtomicLong waited = new AtomicLong();
            AtomicReference<Exception> failure = new AtomicReference<>();
            long start = System.nanoTime();
            for (int i = 0; i < RECORDS; i++) {
                long sent = System.nanoTime();
                producer.send(new ProducerRecord<>(codec, VALUES[i % VALUES.length]), (metadata, exception) -> {
                    waited.addAndGet(System.nanoTime() - sent);
                    failure.compareAndSet(null, exception);
                });
            }
            producer.flush();
            double seconds = (System.nanoTime() - start) / 1e9;
            if (failure.get() != null) {
                throw new IllegalStateException(codec, failure.get());
            }
            rates.add(RECORDS / seconds);
            latencies.add(waited.get() / 1e6 / RECORDS);
        }

        double rate() {
            return median(rates);
        }

        private Duration cpu() {
            return process.info().totalCpuDuration().orElseThrow();
        }

        private static double median(List<Double> values) {
            return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
        }

        @Override
        public String toString() {
            double cpu = cpu().minus(cpuBefore).toNanos() / 1e3 / RECORDS / ROUNDS;
            return String.format(Locale.ROOT, "%,9.0f/s %6.1f ms %5.1f us", rate(), median(latencies), cpu);
        }

        @Override
        public void close() {
            producer.close();
        }
    }

    /** Events in JSON, as a service would log them: they compress to about a third. */
    private static byte[][] values() {
        Random random = new Random(1);
        String[] words = new String[500];
        Arrays.setAll(words, i -> Long.toString(Math.abs(random.nextLong()), 36).substring(0, 3 + random.nextInt(6)));
        byte[][] values = new byte[2000][];
        for (int i = 0; i < values.length; i++) {
            StringBuilder json = new StringBuilder("{\"id\":" + random.nextInt(1_000_000) + ",\"text\":\"");
            while (json.length() < RECORD_SIZE) {
                json.append(words[random.nextInt(words.length)]).append(' ');
            }
            json.setLength(RECORD_SIZE - 2);
            values[i] = json.append("\"}").toString().getBytes(StandardCharsets.US_ASCII);
        }
        return values;
    }
}
