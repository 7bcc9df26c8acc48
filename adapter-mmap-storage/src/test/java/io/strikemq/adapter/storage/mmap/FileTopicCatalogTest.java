package io.strikemq.adapter.storage.mmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.out.TopicCatalog;
import io.strikemq.domain.port.out.TopicCatalogContractTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTopicCatalogTest extends TopicCatalogContractTest {
    @TempDir
    Path directory;

    @Override
    protected TopicCatalog restart() {
        try {
            return new FileTopicCatalog(directory);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
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
}
