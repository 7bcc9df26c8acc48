package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.domain.port.out.PartitionLogContractTest;
import io.strikemq.domain.port.out.PartitionLogs;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class MappedPartitionLogTest extends PartitionLogContractTest {
    @TempDir
    Path directory;

    @Override
    protected PartitionLogs logs() throws IOException {
        return new MappedPartitionLogs(directory);
    }
}
