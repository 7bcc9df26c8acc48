package io.strikemq.parity.peer;

import java.nio.file.Path;

/** The built jar, as users start it, but with assertions, and with what {@code apache-kafka.properties} says of time. */
public final class StrikeMq {
    private StrikeMq() {}

    public static Peer start(Path jar, Path folder) {
        int port = Peer.freePort();
        Path data = folder.resolve("strikemq-data");
        ProcessBuilder command = new ProcessBuilder(
                Peer.java(),
                "-Xmx512m",
                "-ea:io.strikemq...",
                "-jar",
                jar.toString(),
                "--bind-address",
                Peer.HOST,
                "--port",
                Integer.toString(port),
                "--http-port",
                "0",
                "--log-dir",
                data.toString(),
                "--retention-ms",
                "-1",
                "--retention-check-interval-ms",
                "300");
        return Peer.start("strikemq", port, data, command, "Broker ready");
    }
}
