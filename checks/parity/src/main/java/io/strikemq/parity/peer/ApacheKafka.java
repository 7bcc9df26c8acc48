package io.strikemq.parity.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Apache Kafka as one KRaft node, from this module's class path. */
public final class ApacheKafka {
    private static final String CLUSTER_ID = "4L6g3nShT-eMCtK--X86sw";

    private ApacheKafka() {}

    public static Peer start(Path folder) {
        int port = Peer.freePort();
        Path data = folder.resolve("kafka-data");
        try {
            Files.createDirectories(folder);
            Path properties = Files.write(folder.resolve("server.properties"), settings(port, data));
            format(folder, properties);
            ProcessBuilder command = java("-Xmx1g", "kafka.Kafka", properties.toString());
            Peer peer = Peer.start("kafka", port, data, command, "Kafka Server started");
            return peer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One node's defaults, but for what one node cannot do, and what StrikeMQ sets otherwise on purpose. */
    private static List<String> settings(int port, Path data) {
        Map<String, Object> settings = new LinkedHashMap<>();
        String controller = Peer.HOST + ":" + Peer.freePort();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", 0);
        settings.put("controller.quorum.voters", "0@" + controller);
        settings.put("listeners", "PLAINTEXT://" + Peer.HOST + ":" + port + ",CONTROLLER://" + controller);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("log.dirs", data);
        settings.put("offsets.topic.replication.factor", 1);
        settings.put("transaction.state.log.replication.factor", 1);
        settings.put("transaction.state.log.min.isr", 1);
        settings.put("share.coordinator.state.topic.replication.factor", 1);
        settings.put("share.coordinator.state.topic.min.isr", 1);
        settings.put("group.initial.rebalance.delay.ms", 0);
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.toList());
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
