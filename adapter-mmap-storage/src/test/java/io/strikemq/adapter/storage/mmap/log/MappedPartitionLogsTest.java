package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.domain.port.out.PartitionLogsContractTest;
import io.strikemq.domain.port.out.PartitionLogs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class MappedPartitionLogsTest extends PartitionLogsContractTest {
    @TempDir
    Path directory;

    @Override
    protected PartitionLogs logs() {
        try {
            return new MappedPartitionLogs(directory);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
