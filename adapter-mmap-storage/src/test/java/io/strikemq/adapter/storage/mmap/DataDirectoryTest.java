package io.strikemq.adapter.storage.mmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.port.out.FixedIdentifiers;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.record.TestBatches;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path parent;

    @Test
    void allIsThereAgainAfterARestart() {
        Topic topic = new Topic("orders", UUID.randomUUID(), 1, (short) 1, Map.of());
        String clusterId;
        try (DataDirectory first = open("data")) {
            clusterId = first.store().clusterId();
            first.catalog().save(topic);
            try (PartitionLog log = first.logs().open(new TopicPartition("orders", 0), LogSettings.DEFAULT)) {
                log.append(TestBatches.batch(0));
            }
        }

        try (DataDirectory second = open("data")) {
            assertEquals(clusterId, second.store().clusterId());
            assertEquals(List.of(topic), second.catalog().load());
            try (PartitionLog log = second.logs().open(new TopicPartition("orders", 0), LogSettings.DEFAULT)) {
                assertEquals(1, log.endOffset());
            }
        }
    }

    @Test
    void aSecondBrokerOfThisProcessIsToldThatTheDirectoryIsInUse() throws Exception {
        try (DataDirectory first = open("data")) {
            assertEquals(
                    "the data directory " + parent.resolve("data") + " is in use by another broker in this process: "
                            + "stop that broker, or give this one a log_dir of its own",
                    refusalOf("data"));
            // The refusal did not take the first one's lock away.
            String owner =
                    "in use by another process, id " + ProcessHandle.current().pid();
            assertTrue(openInAnotherProcess().contains(owner));
            assertEquals(22, first.store().clusterId().length());
        }
        assertEquals("opened", openInAnotherProcess());
        open("data").close();
    }

    @Test
    void whatADeadProcessLeftDoesNotKeepAnybodyOut() throws IOException {
        Files.createDirectories(parent.resolve("data"));
        Files.writeString(parent.resolve("data/.lock"), "");
        Files.writeString(parent.resolve("data/.owner"), ProcessHandle.current().pid() + " 2001-01-01T00:00:00Z");

        open("data").close();
    }

    @Test
    void aFileIsNoDataDirectory() throws IOException {
        Files.writeString(parent.resolve("data"), "");

        assertTrue(refusalOf("data")
                .endsWith("data is not a directory: set log_dir to a directory that this user may " + "write to"));
        assertTrue(refusalOf("data/below").contains("below cannot be created: set log_dir"));
    }

    @Test
    void aDeletionThatWasInterruptedIsFinished() throws IOException {
        Path rest = Files.createDirectories(parent.resolve("data/.deleted/4"));
        Files.writeString(rest.resolve("0.log"), "x");

        open("data").close();

        assertFalse(Files.exists(rest));
    }

    @Test
    void openingAndClosingLeavesNoLockBehind() {
        DataDirectory directory = open("data");
        directory.close();
        directory.close();

        assertFalse(Files.exists(parent.resolve("data/.owner")));
    }

    private DataDirectory open(String name) {
        return DataDirectory.open(parent.resolve(name), new FixedIdentifiers(1));
    }

    private String refusalOf(String name) {
        BrokerException refused = assertThrows(BrokerException.class, () -> open(name));
        assertEquals(ErrorCode.KAFKA_STORAGE_ERROR, refused.error());
        return refused.getMessage();
    }

    private String openInAnotherProcess() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DataDirectoryOpener.class.getName(),
                        parent.resolve("data").toString())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes()).strip();
    }
}
