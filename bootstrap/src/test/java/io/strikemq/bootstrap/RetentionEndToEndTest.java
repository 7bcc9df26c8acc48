package io.strikemq.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.bootstrap.config.ConfigurationLoader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole broker lets go what its configs say, on files and in memory, while they are changed. */
@Timeout(120)
class RetentionEndToEndTest {
    private static final ConfigResource BROKER = new ConfigResource(ConfigResource.Type.BROKER, "0");

    @TempDir
    Path folder;

    @Test
    void recordsGoOnFiles() throws Exception {
        recordsGo("mmap");
        assertTrue(Files.exists(folder.resolve("own-0")));
    }

    @Test
    void recordsGoInMemory() throws Exception {
        recordsGo("memory");
    }

    private void recordsGo(String storage) throws Exception {
        Map<String, String> settings = Map.of(
                "port", "0",
                "http_port", "0",
                "bind_address", "127.0.0.1",
                "log_dir", folder.toString(),
                "storage", storage,
                "retention_check_interval_ms", "20");
        try (Broker broker =
                        Broker.start(new ConfigurationLoader(TopicDefaultNames.all()).load(null, Map.of(), settings));
                Admin admin = Admin.create(Map.of(
                        "bootstrap.servers",
                        "127.0.0.1:" + broker.listeners().get(0).port()))) {
            int http = broker.endpoints().httpPort();
            byItsOwnConfig(admin, http);
            byTheBrokersDefault(admin, http);
            atOnce(admin, http);
        }
    }

    private static void byItsOwnConfig(Admin admin, int http) throws Exception {
        create(admin, "own", Map.of("retention.ms", "-1"));
        produce(http, "own");
        assertEquals(0, start(admin, "own"));
        alter(admin, new ConfigResource(ConfigResource.Type.TOPIC, "own"), "retention.ms", "1");
        awaitStart(admin, "own");
    }

    private static void byTheBrokersDefault(Admin admin, int http) throws Exception {
        create(admin, "brokers", Map.of());
        produce(http, "brokers");
        alter(admin, BROKER, "log.retention.ms", "1");
        awaitStart(admin, "brokers");
    }

    private static void atOnce(Admin admin, int http) throws Exception {
        create(admin, "now", Map.of("retention.ms", "-1"));
        produce(http, "now");
        assertEquals(
                "{\"topic\":\"now\",\"partitions\":[{\"partition\":0,\"start_offset\":0,\"offsets_removed\":0,"
                        + "\"segments_removed\":0,\"bytes_removed\":0}]}",
                post(http, "/v1/topics/now/expire", null));
    }

    private static void create(Admin admin, String topic, Map<String, String> configs) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(configs)))
                .all()
                .get(30, TimeUnit.SECONDS);
    }

    private static void alter(Admin admin, ConfigResource of, String config, String value) throws Exception {
        admin.incrementalAlterConfigs(
                        Map.of(of, List.of(new AlterConfigOp(new ConfigEntry(config, value), OpType.SET))))
                .all()
                .get(30, TimeUnit.SECONDS);
    }

    private static void produce(int http, String topic) throws Exception {
        post(http, "/v1/topics/" + topic + "/messages", "{\"messages\":[{\"value\":\"a\"}]}");
    }

    private static String post(int http, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + path))
                .POST(body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    /** Waits until the record that was produced is gone; the test's own limit ends it. */
    private static void awaitStart(Admin admin, String topic) throws Exception {
        while (start(admin, topic) < 1) {
            Thread.onSpinWait();
        }
    }

    private static long start(Admin admin, String topic) throws Exception {
        TopicPartition partition = new TopicPartition(topic, 0);
        return admin.listOffsets(Map.of(partition, OffsetSpec.earliest()))
                .partitionResult(partition)
                .get(30, TimeUnit.SECONDS)
                .offset();
    }
}
