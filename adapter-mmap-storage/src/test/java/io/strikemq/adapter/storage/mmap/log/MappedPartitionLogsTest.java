package io.strikemq.adapter.storage.mmap.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.log.LogVolume;
import io.strikemq.domain.port.out.PartitionLogs;
import io.strikemq.domain.port.out.PartitionLogsContractTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
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

    @Test
    void theVolumeIsThatOfTheDirectory() {
        LogVolume volume = logs().volume();

        assertEquals(directory.toString(), volume.directory());
        assertEquals(directory.toFile().getTotalSpace(), volume.totalBytes());
        assertTrue(volume.usableBytes() > 0 && volume.usableBytes() <= volume.totalBytes());
    }
}
