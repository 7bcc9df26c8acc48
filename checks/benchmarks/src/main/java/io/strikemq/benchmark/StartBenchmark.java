package io.strikemq.benchmark;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * How long a broker takes from exec, with an empty directory, until the Kafka port answers ApiVersions and until REST
 * answers, how long the first produce to a topic that is there, and how much memory it takes then when nothing happens:
 * the plain jar and {@code ./strikemq}, by each JDK, beside a hello world of the same; medians. It looks every millisecond
 * whether there is an answer, so that the cores are the broker's.
 */
public final class StartBenchmark {
    private static final int RUNS = Integer.getInteger("runs", 9);
    private static final long GIVE_UP_NANOS = 60_000_000_000L;
    private static final long LOOK_EVERY_MILLIS = 1;
    private static final long UNTIL_IDLE_MILLIS = 2_000;
    private static final String TOPIC = "first";

    private StartBenchmark() {}

    /** What one start took: milliseconds and bytes. */
    private record Start(double kafka, double rest, double produce, double memory) {}

    /** A way to start the broker. */
    private record Way(String name, String java, List<String> command) {}

    /** Takes the homes of the JDKs. Prints the figures. */
    public static void main(String[] jdks) throws IOException, InterruptedException {
        System.out.println(
                "                              Kafka      REST   first produce   idle   ratio to hello world");
        for (String jdk : jdks) {
            String java = Path.of(jdk, "bin", "java").toString();
            List<Way> ways = List.of(
                    new Way("java -jar", java, List.of(java, "-jar", "bootstrap/target/bootstrap.jar")),
                    new Way("./strikemq", java, List.of("./strikemq")));
            makeArchive(java);
            compare(jdk, java, ways);
        }
    }

    /** Also builds, if there is something to build, so that no start that is measured does either. */
    private static void makeArchive(String java) throws IOException, InterruptedException {
        int status = run(new Way("its archive", java, List.of("./strikemq", "--version")))
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException("./strikemq --version ended with " + status);
        }
    }

    private static void compare(String jdk, String java, List<Way> ways) throws IOException, InterruptedException {
        List<Double> hello = new ArrayList<>();
        List<List<Start>> starts =
                ways.stream().<List<Start>>map(way -> new ArrayList<>()).toList();
        for (int run = 0; run < RUNS; run++) {
            hello.add(helloWorld(java));
            for (int way = 0; way < ways.size(); way++) {
                starts.get(way).add(start(ways.get(way)));
            }
        }
        double base = median(hello, value -> value);
        System.out.printf(Locale.ROOT, "%s: hello world %.0f ms%n", Path.of(jdk).getFileName(), base);
        for (int way = 0; way < ways.size(); way++) {
            List<Start> all = starts.get(way);
            double kafka = median(all, Start::kafka);
            double rest = median(all, Start::rest);
            System.out.printf(
                    Locale.ROOT,
                    "  %-20s %9.0f ms %6.0f ms %9.1f ms %7.0f MB   Kafka %.1f, REST %.1f%n",
                    ways.get(way).name(),
                    kafka,
                    rest,
                    median(all, Start::produce),
                    median(all, Start::memory),
                    kafka / base,
                    rest / base);
        }
    }

    private static double helloWorld(String java) throws IOException, InterruptedException {
        Path classes = Path.of("checks/benchmarks/target/classes");
        long start = System.nanoTime();
        new ProcessBuilder(java, "-cp", classes.toString(), HelloWorld.class.getName())
                .start()
                .waitFor();
        return millisSince(start);
    }

    private static Process run(Way way, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(way.command());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("STRIKEMQ_JAVA", way.java());
        return MeasuredProcess.start(builder);
    }

    private static Start start(Way way) throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("strikemq-start");
        int port;
        int httpPort;
        // Both at once, so that they are not the same.
        try (ServerSocket one = new ServerSocket(0);
                ServerSocket other = new ServerSocket(0)) {
            port = one.getLocalPort();
            httpPort = other.getLocalPort();
        }
        long start = System.nanoTime();
        Process process = run(way, "--port", "" + port, "--http-port", "" + httpPort, "--log-dir", data.toString());
        try {
            await(process, port, Requests.apiVersions(), start);
            double kafka = millisSince(start);
            String call = "GET /ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            await(process, httpPort, ByteBuffer.wrap(call.getBytes(StandardCharsets.US_ASCII)), start);
            double rest = millisSince(start);
            double produce = firstProduce(port);
            Thread.sleep(UNTIL_IDLE_MILLIS);
            return new Start(kafka, rest, produce, MeasuredProcess.residentMegabytes(process.pid()));
        } finally {
            process.destroyForcibly().waitFor();
            MeasuredProcess.delete(data);
        }
    }

    /** Waits until the process answers the question; the connection before that may be refused. */
    private static void await(Process process, int port, ByteBuffer question, long start)
            throws IOException, InterruptedException {
        while (true) {
            try (Wire wire = new Wire(port)) {
                wire.send(question);
                wire.receive(4);
                return;
            } catch (IOException e) {
                if (!process.isAlive()) {
                    throw new IOException("the broker ended with " + process.exitValue() + " before it answered", e);
                }
                if (System.nanoTime() - start > GIVE_UP_NANOS) {
                    throw e;
                }
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
        }
    }

    /** As a client does it: it asks for the topic, which is created for that, and produces then. */
    private static double firstProduce(int port) throws IOException {
        try (Wire wire = new Wire(port)) {
            wire.send(Requests.metadata(TOPIC));
            wire.receiveFrame(-1);
            ByteBuffer records = Requests.produce(TOPIC, 1, 1024);
            long start = System.nanoTime();
            wire.send(records);
            short error = wire.receiveFrame(Requests.errorCodeAt(TOPIC));
            double millis = millisSince(start);
            if (error != 0) {
                throw new IllegalStateException("the broker answered error " + error);
            }
            return millis;
        }
    }

    private static <T> double median(List<T> values, ToDoubleFunction<T> figure) {
        return values.stream()
                .mapToDouble(figure)
                .sorted()
                .skip(values.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private static double millisSince(long start) {
        return (System.nanoTime() - start) / 1e6;
    }
}
