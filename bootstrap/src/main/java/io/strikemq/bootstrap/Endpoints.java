package io.strikemq.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Where a running broker can be reached, and the file that tells it to scripts.
 *
 * @param port     of the Kafka protocol
 * @param httpPort of the REST API
 */
public record Endpoints(int port, int httpPort) {
    private static final String FILE = "endpoints.json";

    /** Writes {@code endpoints.json} into the directory, in one step: whoever finds it finds it whole. */
    void writeTo(Path directory) throws IOException {
        Path draft = directory.resolve(FILE + ".tmp");
        Files.writeString(
                draft,
                "{\"port\":" + port + ",\"http_port\":" + httpPort + ",\"bootstrap_servers\":\"127.0.0.1:" + port
                        + "\",\"pid\":" + ProcessHandle.current().pid() + "}\n");
        Files.move(draft, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes the file again, since nobody listens there any more. */
    static void removeFrom(Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve(FILE));
    }
}
