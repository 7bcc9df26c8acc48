package io.strikemq.adapter.storage.mmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.out.TopicCatalog;
import io.strikemq.domain.port.out.TopicCatalogContractTest;
import io.strikemq.domain.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTopicCatalogTest extends TopicCatalogContractTest {
    private static final Topic ORDERS = new Topic("orders", new UUID(1, 2), 3, (short) 1, Map.of());

    @TempDir
    Path directory;

    @Override
    protected TopicCatalog restart() {
        return new FileTopicCatalog(directory);
    }

    @Test
    void aDamagedFileIsNamed() throws IOException {
        Files.writeString(directory.resolve("orders.topic"), "name=orders\npartitions=many\n");

        BrokerException refused =
                assertThrows(BrokerException.class, () -> restart().load());

        assertEquals(ErrorCode.KAFKA_STORAGE_ERROR, refused.error());
        assertTrue(refused.getMessage().contains("orders.topic is damaged: there is no id"), refused.getMessage());
    }

    @Test
    void aFileThatIsNoTextIsNamed() throws IOException {
        Files.write(directory.resolve("orders.topic"), new byte[] {'n', (byte) 0xff, (byte) 0xfe});

        BrokerException refused =
                assertThrows(BrokerException.class, () -> restart().load());

        assertTrue(refused.getMessage().contains("orders.topic is damaged: it is not text"), refused.getMessage());
    }

    @Test
    void whatAnInterruptedSaveLeavesIsNoTopic() throws IOException {
        Files.writeString(directory.resolve("next.tmp"), "name=ord");

        assertEquals(List.of(), restart().load());
    }

    @Test
    void aFileOfAnotherNameThanItsTopicIsNamed() throws IOException {
        restart().save(ORDERS);
        Files.copy(directory.resolve("orders.topic"), directory.resolve("copy.topic"));

        BrokerException refused = assertThrows(BrokerException.class, this::restart);

        assertTrue(
                refused.getMessage().endsWith("copy.topic is damaged: what it says belongs into orders.topic"),
                refused.getMessage());
    }

    @Test
    void aTopicWhoseFileWasLostCanBeDeletedStill() throws IOException {
        FileTopicCatalog catalog = new FileTopicCatalog(directory);
        catalog.save(ORDERS);
        Files.delete(directory.resolve("orders.topic"));

        catalog.beginDeletion(ORDERS);

        assertEquals(List.of(ORDERS), new FileTopicCatalog(directory).deletions());
        catalog.finishDeletion(ORDERS);
        assertEquals(List.of(), new FileTopicCatalog(directory).deletions());
    }
}
