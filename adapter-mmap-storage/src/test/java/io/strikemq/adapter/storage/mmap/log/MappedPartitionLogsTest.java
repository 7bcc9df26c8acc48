package io.strikemq.adapter.storage.mmap.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.log.LogVolume;
import io.strikemq.domain.port.out.PartitionLogs;
import io.strikemq.domain.port.out.PartitionLogsContractTest;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedPartitionLogsTest extends PartitionLogsContractTest {
    @TempDir
    Path directory;

    @Override
    protected PartitionLogs logs() throws IOException {
        return new MappedPartitionLogs(directory);
    }

    @Test
    void theVolumeIsThatOfTheDirectory() throws IOException {
        LogVolume volume = logs().volume();

        assertEquals(directory.toString(), volume.directory());
        assertEquals(directory.toFile().getTotalSpace(), volume.totalBytes());
        assertTrue(volume.usableBytes() > 0 && volume.usableBytes() <= volume.totalBytes());
    }
}
