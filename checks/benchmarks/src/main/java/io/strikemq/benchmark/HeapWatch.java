package io.strikemq.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Looks at the heap of another JVM once a second, by the JDK's jstat. */
final class HeapWatch implements AutoCloseable {
    /** Columns of {@code jstat -gc} with what is in use, in KB: both survivor spaces, eden, the old generation. */
    private static final int[] USED = {2, 3, 5, 7};

    private final Process jstat;
    private volatile double megabytes;

    HeapWatch(long pid) throws IOException {
        String tool = Path.of(System.getProperty("java.home"), "bin", "jstat").toString();
        jstat = MeasuredProcess.start(new ProcessBuilder(tool, "-gc", Long.toString(pid), "1000"));
        Thread reader = new Thread(this::read, "heap");
        reader.setDaemon(true);
        reader.start();
    }

    /** The last figure; 0 before the first. */
    double megabytes() {
        return megabytes;
    }

    private void read() {
        try (BufferedReader lines = jstat.inputReader(StandardCharsets.UTF_8)) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                megabytes = used(line.trim().split(" +")) * 1024 / 1e6;
            }
        } catch (IOException e) {
            // It was ended.
        }
    }

    private static double used(String[] columns) {
        double kilobytes = 0;
        for (int column : USED) {
            kilobytes += Double.parseDouble(columns[column]);
        }
        return kilobytes;
    }

    @Override
    public void close() {
        jstat.destroyForcibly();
    }
}
