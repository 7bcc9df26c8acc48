package io.strikemq.benchmark;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * From exec until the Kafka port answers ApiVersions, beside a hello world of the same JDK; the median of some runs.
 */
public final class StartBenchmark {
    private static final int RUNS = 15;
    private static final long GIVE_UP_NANOS = 30_000_000_000L;

    private StartBenchmark() {}

    /** Prints the figures. */
    public static void main(String[] arguments) throws Exception {
        double[] hello = new double[RUNS];
        double[] broker = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            hello[run] = helloWorld();
            broker[run] = broker();
        }
        Arrays.sort(hello);
        Arrays.sort(broker);
        System.out.printf(Locale.ROOT, "hello world:                       %6.0f ms%n", hello[RUNS / 2]);
        System.out.printf(Locale.ROOT, "broker, until ApiVersions answers: %6.0f ms%n", broker[RUNS / 2]);
        System.out.printf(Locale.ROOT, "ratio: %.1f%n", broker[RUNS / 2] / hello[RUNS / 2]);
    }

    private static double helloWorld() throws Exception {
        long start = System.nanoTime();
        MeasuredProcess.java(HelloWorld.class).waitFor();
        return (System.nanoTime() - start) / 1e6;
    }

    private static double broker() throws Exception {
        Path data = Files.createTempDirectory("strikemq-start");
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(MeasuredProcess.java()));
        command.addAll(Arrays.asList(
                System.getProperty("strikemq.java.options", "").trim().split(" +")));
        command.removeIf(String::isEmpty);
        command.addAll(List.of(
                "-jar",
                System.getProperty("strikemq.jar", "bootstrap/target/bootstrap.jar"),
                "--port",
                String.valueOf(port),
                "--http-port",
                "0",
                "--log-dir",
                data.toString()));
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            awaitAnswer(port, start);
            return (System.nanoTime() - start) / 1e6;
        } finally {
            process.destroyForcibly().waitFor();
            MeasuredProcess.delete(data);
        }
    }

    private static void awaitAnswer(int port, long start) throws IOException {
        while (true) {
            try (Wire wire = new Wire(port)) {
                wire.send(Requests.apiVersions());
                wire.receiveFrame(-1);
                return;
            } catch (IOException e) {
                if (System.nanoTime() - start > GIVE_UP_NANOS) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
