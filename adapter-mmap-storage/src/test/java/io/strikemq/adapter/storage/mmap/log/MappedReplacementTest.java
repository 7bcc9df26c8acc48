package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.domain.port.out.PartitionLogs;
import io.strikemq.domain.port.out.SegmentReplacementContractTest;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class MappedReplacementTest extends SegmentReplacementContractTest {
    @TempDir
    Path directory;

    @Override
    protected PartitionLogs logs() {
        return new MappedPartitionLogs(directory);
    }
}
