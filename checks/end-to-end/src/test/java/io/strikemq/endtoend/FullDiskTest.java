package io.strikemq.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users hear when there is no room for a topic; only where a small file system may be mounted. */
class FullDiskTest {
    private static final String REASON = "No space left on device";

    @TempDir
    Path folder;

    private boolean mounted;

    @BeforeEach
    void mount() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        mounted = CommandResult.run("", "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", data.toString())
                        .exitCode()
                == 0;
        if (!mounted) {
            System.out.println("SKIPPED: no tmpfs may be mounted here, so no disk of one megabyte was filled");
        }
        assumeTrue(mounted, "a tmpfs may be mounted");
    }

    @AfterEach
    void unmount() {
        if (mounted) {
            assertEquals(
                    0,
                    CommandResult.run("", "umount", folder.resolve("data").toString())
                            .exitCode());
        }
    }

    @Test
    void whoeverCannotCreateATopicHearsWhyAndDeletingOneHelps() throws IOException {
        try (BrokerProcess broker = BrokerProcess.start(folder);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            broker.post("/v1/topics/first/messages", "{\"messages\":[{\"value\":\"x\"}]}");
            fill(folder.resolve("data/ballast"));

            String byRest = broker.post("/v1/topics/second/messages", "{\"messages\":[{\"value\":\"x\"}]}")
                    .toString();
            ExecutionException byKafka = assertThrows(ExecutionException.class, () -> create(admin, "third"));

            assertTrue(byRest.contains(REASON), byRest);
            assertEquals(KafkaStorageException.class, byKafka.getCause().getClass());
            assertTrue(byKafka.getCause().getMessage().contains(REASON), byKafka.toString());
            assertEquals(1, broker.output().split("No topics are created or changed").length - 1, broker.output());

            admin.deleteTopics(List.of("first")).all().get();
            create(admin, "third");
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void create(Admin admin, String topic) throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] page = new byte[4096];
            while (true) {
                out.write(page);
            }
        } catch (IOException full) {
            assertTrue(full.getMessage().contains(REASON), full.getMessage());
        }
    }
}
