package io.strikemq.bootstrap.assembly;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The file {@code endpoints.json}, by which scripts find a running broker. It is there exactly while both ports accept:
 * one that a killed broker left is removed before the next one does anything else.
 */
public final class EndpointsFile {
    private static final String NAME = "endpoints.json";

    private final Optional<Path> directory;

    /** The file in that directory; without a directory there is none. */
    EndpointsFile(Optional<Path> directory) {
        this.directory = directory;
    }

    /**
     * Writes it in one step: whoever finds it finds it whole.
     *
     * @throws BrokerException when that cannot be done, on a full disk say
     */
    public void write(String json) {
        if (directory.isEmpty()) {
            return;
        }
        Path file = directory.get().resolve(NAME);
        Path draft = file.resolveSibling(NAME + ".tmp");
        try {
            Files.createDirectories(directory.get());
            Files.writeString(draft, json);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new BrokerException(ErrorCode.KAFKA_STORAGE_ERROR, file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Removes it, since nobody listens there any more. */
    public void remove() throws IOException {
        if (directory.isPresent()) {
            Files.deleteIfExists(directory.get().resolve(NAME));
        }
    }

    /** Removes what a killed broker left. */
    void removeStale() {
        try {
            remove();
        } catch (IOException e) {
            throw new BrokerException(
                    ErrorCode.KAFKA_STORAGE_ERROR,
                    "the " + NAME + " that another broker left cannot be removed: " + e.getMessage(),
                    e);
        }
    }
}
