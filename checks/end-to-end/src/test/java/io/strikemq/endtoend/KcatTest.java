package io.strikemq.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The product page's kcat commands (librdkafka), and curl's view of what kcat did. */
class KcatTest {
    @TempDir
    static Path folder;

    private static BrokerProcess broker;

    @BeforeAll
    static void startBroker() {
        if (!CommandResult.isInstalled("kcat")) {
            System.out.println("SKIPPED: kcat is not installed, so nothing was proved about it");
            Assumptions.abort("kcat is not installed");
        }
        broker = BrokerProcess.start(folder);
    }

    @AfterAll
    static void stopBroker() {
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void metadataNamesTheBrokerAndItsTopics() {
        kcat("x\n", "-P", "-t", "listed");

        String metadata = kcat("", "-L").output();

        assertTrue(metadata.contains("1 brokers:"), metadata);
        assertTrue(metadata.contains("broker 0 at " + broker.bootstrapServers() + " (controller)"), metadata);
        assertTrue(metadata.contains("topic \"listed\" with 1 partitions:"), metadata);
        assertTrue(metadata.contains("partition 0, leader 0, replicas: 0, isrs: 0"), metadata);
    }

    @Test
    void whatIsProducedIsConsumedToTheEnd() {
        kcat("msg1\nmsg2\nmsg3\n", "-P", "-t", "lines");

        CommandResult consumed = kcat("", "-C", "-t", "lines", "-e", "-q");

        assertEquals("msg1\nmsg2\nmsg3\n", consumed.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void everyCodecIsKeptAndCanBePeekedAt(String codec) {
        String topic = "codec-" + codec;
        kcat("k1:" + "a".repeat(2000) + "\nk2:b\n", "-P", "-t", topic, "-K", ":", "-z", codec, "-H", "h=v");

        assertEquals(
                "k1:" + "a".repeat(2000) + "\nk2:b\n",
                kcat("", "-C", "-t", topic, "-e", "-q", "-K", ":").output());
        JsonNode peeked = broker.get("/v1/topics/" + topic + "/messages");
        assertEquals(2, peeked.size(), peeked.toString());
        assertEquals("k1", peeked.get(0).get("key").asText());
        assertEquals("a".repeat(2000), peeked.get(0).get("value").asText());
        assertEquals("h", peeked.get(1).get("headers").get(0).get("key").asText());
    }

    @Test
    void aGroupConsumesAndItsOffsetsAreSeenByRest() {
        kcat("one\ntwo\n", "-P", "-t", "grouped");

        CommandResult consumed = kcat("", "-G", "my-group", "-e", "-q", "-X", "auto.offset.reset=earliest", "grouped");

        assertEquals("one\ntwo\n", consumed.output());
        JsonNode group = broker.get("/v1/groups/my-group");
        assertEquals(2, group.get("committed_offsets").get("grouped-0").asInt(), group.toString());
        assertEquals(
                "",
                kcat("", "-G", "my-group", "-e", "-q", "-X", "auto.offset.reset=earliest", "grouped")
                        .output());
    }

    @Test
    void aMessageProducedByRestIsConsumed() {
        broker.post(
                "/v1/topics/from-rest/messages",
                "{\"messages\":[{\"value\":\"hello\"},{\"key\":\"user-1\",\"value\":\"world\"}]}");

        assertEquals(
                "NULL=hello\nuser-1=world\n",
                kcat("", "-C", "-t", "from-rest", "-e", "-q", "-K", "=", "-Z").output());
    }

    @Test
    void anOffsetAndATimestampCanBeStartedFrom() {
        kcat("a\nb\nc\n", "-P", "-t", "positions");

        assertEquals(
                "c\n", kcat("", "-C", "-t", "positions", "-o", "2", "-e", "-q").output());
        assertEquals(
                "c\n", kcat("", "-C", "-t", "positions", "-o", "-1", "-e", "-q").output());
        assertEquals(
                "a\nb\nc\n",
                kcat("", "-C", "-t", "positions", "-o", "s@1", "-e", "-q").output());
        assertTrue(kcat("", "-Q", "-t", "positions:0:1").output().contains("positions [0] offset 0"));
    }

    private static CommandResult kcat(String input, String... arguments) {
        String[] command = new String[arguments.length + 3];
        command[0] = "kcat";
        command[1] = "-b";
        command[2] = broker.bootstrapServers();
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        CommandResult result = CommandResult.run(input, command);
        assertEquals(0, result.exitCode(), () -> String.join(" ", command) + "\n" + result.output() + broker.output());
        return result;
    }
}
