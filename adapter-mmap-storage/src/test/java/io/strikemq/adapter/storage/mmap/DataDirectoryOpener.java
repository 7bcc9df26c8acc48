package io.strikemq.adapter.storage.mmap;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.port.out.FixedIdentifiers;
import java.nio.file.Path;

/** Another process that opens a data directory and says what happened. */
final class DataDirectoryOpener {
    private DataDirectoryOpener() {}

    /** Opens the directory that the only argument names. */
    public static void main(String[] arguments) {
        try (DataDirectory directory =
                DataDirectory.open(Path.of(arguments[0]), new FixedIdentifiers(2), Runnable::run, () -> {})) {
            System.out.println(directory.store().clusterId().isEmpty() ? "no cluster id" : "opened");
        } catch (BrokerException refused) {
            System.out.println(refused.getMessage());
        }
    }
}
