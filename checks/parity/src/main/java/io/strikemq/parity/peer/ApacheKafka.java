package io.strikemq.parity.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Apache Kafka as one KRaft node, from this module's class path. */
public final class ApacheKafka {
    private static final String CLUSTER_ID = "4L6g3nShT-eMCtK--X86sw";

    private ApacheKafka() {}

    /** @param template its settings, with {@code @port@}, {@code @controller@} (another port) and {@code @data@} to be filled in */
    public static Peer start(Path template, Path folder) {
        return start(template, "", folder);
    }

    /** @param more settings behind those of the template */
    public static Peer start(Path template, Path more, Path folder) {
        try {
            return start(template, Files.readString(more), folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Peer start(Path template, String more, Path folder) {
        int port = Peer.freePort();
        Path data = folder.resolve("kafka-data");
        try {
            Files.createDirectories(folder);
            Path properties =
                    Files.writeString(folder.resolve("server.properties"), settings(template, port, data) + more);
            format(folder, properties);
            ProcessBuilder command = java("-Xmx1g", "kafka.Kafka", properties.toString());
            return Peer.start("kafka", port, data, command, "Kafka Server started");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String settings(Path template, int port, Path data) throws IOException {
        return Files.readString(template)
                .replace("@port@", Integer.toString(port))
                .replace("@controller@", Integer.toString(Peer.freePort()))
                .replace("@data@", data.toString());
    }

    private static void format(Path folder, Path properties) throws IOException {
        Path output = folder.resolve("format.log");
        Process process = java(
                        "-Xmx256m", "kafka.tools.StorageTool", "format", "-t", CLUSTER_ID, "-c", properties.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("Kafka's storage was not formatted:\n" + Files.readString(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static ProcessBuilder java(String heap, String... main) {
        ProcessBuilder command = new ProcessBuilder(Peer.java(), heap, "-Xshare:auto");
        command.command().addAll(List.of(main));
        command.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return command;
    }
}
