package io.strikemq.parity.peer;

import java.nio.file.Path;

/** The built jar, as users start it, but with assertions. */
public final class StrikeMq {
    private StrikeMq() {}

    /** @param settings of Kafka's names */
    public static Peer start(Path jar, Path settings, Path folder) {
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
                "--config",
                settings.toString());
        return Peer.start("strikemq", port, data, command, "Broker ready");
    }
}
