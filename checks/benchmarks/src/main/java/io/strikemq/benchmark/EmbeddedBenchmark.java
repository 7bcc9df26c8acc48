package io.strikemq.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How long brokers inside a JVM take to start: ours, and Spring Kafka's {@code EmbeddedKafkaKraftBroker}; JVMs in turn. */
public final class EmbeddedBenchmark {
    private static final int JVMS = 5;
    private static final int BROKERS = 20;
    private static final String[] FIGURES = {
        "first broker in a JVM", "each further one, median", "the slowest of them", "close, median"
    };

    private EmbeddedBenchmark() {}

    /** Takes our jar and the class path of the other. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<double[]> ours = new ArrayList<>();
        List<double[]> springs = new ArrayList<>();
        for (int i = 0; i < JVMS; i++) {
            ours.add(run("strikemq", arguments[0]));
            springs.add(run("spring", arguments[1]));
        }
        System.out.printf("medians of %d JVMs, with %d brokers after the first in each; ms%n", JVMS, BROKERS);
        System.out.printf("%-28s %10s %28s %8s%n", "", "StrikeMQ", "EmbeddedKafkaKraftBroker", "ratio");
        for (int i = 0; i < FIGURES.length; i++) {
            double mine = median(ours, i);
            double other = median(springs, i);
            System.out.printf(Locale.ROOT, "%-28s %10.1f %28.1f %8.3f%n", FIGURES[i], mine, other, mine / other);
        }
    }

    private static double median(List<double[]> runs, int figure) {
        return runs.stream().mapToDouble(run -> run[figure]).sorted().toArray()[runs.size() / 2];
    }

    private static double[] run(String kind, String classPath) throws IOException, InterruptedException {
        String own = System.getProperty("java.class.path").split(":")[0];
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        own + ":" + classPath,
                        EmbeddedStarts.class.getName(),
                        kind,
                        String.valueOf(BROKERS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(kind + " ended with " + process.exitValue() + ": " + out);
        }
        // Others have written before.
        String last = out.strip().substring(out.strip().lastIndexOf('\n') + 1);
        return Stream.of(last.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }
}
