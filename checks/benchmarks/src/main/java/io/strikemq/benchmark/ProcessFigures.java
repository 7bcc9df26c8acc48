package io.strikemq.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What a broker takes at a moment, on Linux.
 *
 * @param producedBytes what was acknowledged until then
 * @param heapMegabytes what the objects in its heap take, garbage included
 * @param ownMegabytes  its memory without pages of files, which the system takes back when it needs them
 * @param megabytes     its memory with them
 */
record ProcessFigures(
        long producedBytes,
        double diskMegabytes,
        double heapMegabytes,
        double ownMegabytes,
        double megabytes,
        long descriptors,
        long mappings) {
    static final String HEAD = "        produced MB  disk MB  heap MB   own MB   RSS MB  descriptors  mappings";

    private static final double MEGABYTE = 1e6;

    /** Which of the figures must not grow, how they are judged, and how much more is chance. */
    enum Kind {
        /** Compaction may be some seconds late. */
        DISK_MB(ProcessFigures::diskMegabytes, false, 1.15, 1000),
        /** Its least is what is left after a collection. */
        HEAP_MB(ProcessFigures::heapMegabytes, true, 1.25, 16),
        OWN_MB(ProcessFigures::ownMegabytes, false, 1.15, 32),
        DESCRIPTORS(ProcessFigures::descriptors, false, 1.15, 32),
        MAPPINGS(ProcessFigures::mappings, false, 1.15, 64);

        private final ToDoubleFunction<ProcessFigures> figure;
        private final boolean isLeast;
        private final double tolerance;
        private final double slack;

        Kind(ToDoubleFunction<ProcessFigures> figure, boolean isLeast, double tolerance, double slack) {
            this.figure = figure;
            this.isLeast = isLeast;
            this.tolerance = tolerance;
            this.slack = slack;
        }

        /** The most that there was, or the least where that says more. */
        double of(Stream<ProcessFigures> figures) {
            var all = figures.mapToDouble(figure);
            return (isLeast ? all.min() : all.max()).orElseThrow();
        }

        /** Whether a later figure is more than chance can be. */
        boolean grows(double before, double after) {
            return after > before * tolerance + slack;
        }
    }

    static ProcessFigures of(long pid, Path data, double heapMegabytes, long producedBytes) throws IOException {
        Path process = Path.of("/proc/" + pid);
        String status = Files.readString(process.resolve("status"));
        return new ProcessFigures(
                producedBytes,
                sizeOf(data) / MEGABYTE,
                heapMegabytes,
                megabytes(status, "RssAnon"),
                megabytes(status, "VmRSS"),
                count(process.resolve("fd")),
                mappings(process));
    }

    private static double megabytes(String status, String name) {
        return Long.parseLong(status.replaceAll("(?s).*" + name + ":\\s+(\\d+) kB.*", "$1")) * 1024 / MEGABYTE;
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        }
    }

    private static long mappings(Path process) throws IOException {
        try (Stream<String> lines = Files.lines(process.resolve("maps"))) {
            return lines.count();
        }
    }

    /** How many bytes all files in a folder have, as far as they stay there. */
    static long sizeOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(ProcessFigures::size).sum();
        } catch (UncheckedIOException e) {
            // A file was deleted between its listing and its being looked at.
            return sizeOf(folder);
        }
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%10.0f %8.0f %8.0f %8.0f %8.0f %12d %9d",
                producedBytes / MEGABYTE,
                diskMegabytes,
                heapMegabytes,
                ownMegabytes,
                megabytes,
                descriptors,
                mappings);
    }
}
