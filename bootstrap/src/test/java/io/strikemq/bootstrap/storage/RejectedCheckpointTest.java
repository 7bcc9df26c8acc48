package io.strikemq.bootstrap.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Not even a power loss may bring a checkpoint back that was rejected, since later appends would make it look right. */
class RejectedCheckpointTest {
    @TempDir
    Path data;

    private final WatchedFiles files = new WatchedFiles();
    private final List<String> changes = new ArrayList<>();

    @Test
    void itIsDurablyGoneBeforeTheLogTakesAnAppend() throws IOException {
        try (BrokerOnDisk broker = new BrokerOnDisk(data)) {
            broker.create("orders", 1);
            broker.append("orders", 0);
            broker.append("orders", 0);
        }
        try (FileChannel segment = FileChannel.open(data.resolve("orders-0/0.log"), StandardOpenOption.WRITE)) {
            segment.truncate(segment.size() - 1);
        }

        try (BrokerOnDisk broker = new BrokerOnDisk(files.watched(data))) {
            files.watch((change, path) -> changes.add(change + " " + path.getFileName()));
            assertEquals(1, broker.endOffset("orders", 0));

            int deleted = changes.indexOf("delete checkpoint");
            assertTrue(deleted >= 0 && deleted < changes.lastIndexOf("force orders-0"), changes::toString);
        }
    }
}
