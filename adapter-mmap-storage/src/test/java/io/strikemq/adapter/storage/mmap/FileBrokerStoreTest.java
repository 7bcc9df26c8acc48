package io.strikemq.adapter.storage.mmap;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.port.out.BrokerStore;
import io.strikemq.domain.port.out.BrokerStoreContractTest;
import io.strikemq.domain.port.out.FixedIdentifiers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBrokerStoreTest extends BrokerStoreContractTest {
    private final FixedIdentifiers identifiers = new FixedIdentifiers(11);

    @TempDir
    Path directory;

    @Override
    protected BrokerStore restart() {
        try {
            return new FileBrokerStore(directory, identifiers);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void damageIsNamed() throws IOException {
        Files.writeString(directory.resolve("meta.properties"), "cluster.id=short\n");
        assertTrue(assertThrows(UncheckedIOException.class, this::restart)
                .getMessage()
                .contains("not 'short'"));

        Files.delete(directory.resolve("meta.properties"));
        Files.writeString(directory.resolve(".producer-ids"), "x\n");
        assertTrue(assertThrows(UncheckedIOException.class, this::restart)
                .getMessage()
                .contains("not 'x'"));
    }
}
