package io.strikemq.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Produce round trips of one 1 KB record on one connection, beside a TCP echo of as many bytes, block by block in turn
 * so that both see the same machine; then batches of 100 records, pipelined.
 */
public final class LatencyBenchmark {
    private static final int BLOCK = 2_000;
    private static final int WARM_UP_BLOCKS = 15;
    private static final int BLOCKS = 25;
    private static final int RECORD_SIZE = 1024;
    private static final int RECORDS_PER_BATCH = 100;
    private static final int PIPELINE_DEPTH = 20;
    private static final int PIPELINED_BATCHES = 6_000;

    private LatencyBenchmark() {}

    /** Prints the figures. */
    public static void main(String[] arguments) throws IOException {
        Path data = Files.createTempDirectory("strikemq-benchmark");
        try (MeasuredProcess broker = MeasuredProcess.broker(data);
                MeasuredProcess echo = MeasuredProcess.echo();
                Wire toBroker = new Wire(broker.port());
                Wire toEcho = new Wire(echo.port())) {
            roundTrips(toBroker, toEcho);
            pipelined(toBroker);
        } finally {
            MeasuredProcess.delete(data);
        }
    }

    private static void roundTrips(Wire toBroker, Wire toEcho) throws IOException {
        ByteBuffer request = Requests.produce("latency", 1, RECORD_SIZE);
        long[] produced = new long[BLOCKS * BLOCK];
        long[] echoed = new long[BLOCKS * BLOCK];
        for (int block = -WARM_UP_BLOCKS; block < BLOCKS; block++) {
            for (int i = 0; i < BLOCK; i++) {
                long start = System.nanoTime();
                toEcho.send(request);
                toEcho.receive(request.remaining());
                record(echoed, block, i, System.nanoTime() - start);
            }
            for (int i = 0; i < BLOCK; i++) {
                long start = System.nanoTime();
                toBroker.send(request);
                requireNoError(toBroker.receiveFrame(Requests.errorCodeAt("latency")));
                record(produced, block, i, System.nanoTime() - start);
            }
        }
        Arrays.sort(produced);
        Arrays.sort(echoed);
        System.out.println("1 KB on one connection, microseconds   p50     p99     p99.9");
        print("produce", produced);
        print("TCP echo", echoed);
        System.out.printf(
                Locale.ROOT, "ratio at p50: %.2f%n", (double) percentile(produced, 0.5) / percentile(echoed, 0.5));
    }

    private static void requireNoError(short errorCode) {
        if (errorCode != 0) {
            throw new IllegalStateException("the broker answered error " + errorCode);
        }
    }

    private static void record(long[] times, int block, int i, long nanos) {
        if (block >= 0) {
            times[block * BLOCK + i] = nanos;
        }
    }

    private static void pipelined(Wire toBroker) throws IOException {
        ByteBuffer request = Requests.produce("throughput", RECORDS_PER_BATCH, RECORD_SIZE);
        double best = 0;
        for (int round = 0; round < 3; round++) {
            long start = System.nanoTime();
            for (int sent = 0, received = 0; received < PIPELINED_BATCHES; ) {
                if (sent < PIPELINED_BATCHES && sent - received < PIPELINE_DEPTH) {
                    toBroker.send(request);
                    sent++;
                } else {
                    requireNoError(toBroker.receiveFrame(Requests.errorCodeAt("throughput")));
                    received++;
                }
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            best = Math.max(best, PIPELINED_BATCHES * RECORDS_PER_BATCH / seconds);
        }
        System.out.printf(Locale.ROOT, "100 x 1 KB batches, %d in flight: %,.0f records/s%n", PIPELINE_DEPTH, best);
    }

    private static void print(String name, long[] sorted) {
        System.out.printf(
                Locale.ROOT,
                "%-36s %7.1f %7.1f %7.1f%n",
                name,
                percentile(sorted, 0.5) / 1e3,
                percentile(sorted, 0.99) / 1e3,
                percentile(sorted, 0.999) / 1e3);
    }

    private static long percentile(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.round(share * sorted.length))];
    }
}
