package io.strikemq.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of the built jar, injected by HTTP, and what librdkafka (kcat) makes of them. */
class FaultsTest {
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

    @AfterEach
    void heal() {
        for (JsonNode fault : broker.get("/v1/faults").get("faults")) {
            broker.delete("/v1/faults/" + fault.get("id").asLong());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"answer\":\"NOT_LEADER_OR_FOLLOWER\"", "\"delay\":\"300ms\""})
    void anIdempotentProducerGetsThrough(String fault) {
        String topic = "through-" + Math.abs(fault.hashCode());
        long id = inject("{\"on\":[\"Produce\"],\"topic\":\"" + topic + "\",\"times\":2," + fault + "}");

        produce(topic, List.of("a", "b"));

        assertEquals("a\nb\n", consume(topic).output());
        JsonNode hit = broker.get("/v1/faults/" + id);
        assertTrue(hit.get("hits").asInt() > 0, hit.toString());
        assertEquals("rdkafka", hit.at("/last_hits/0/client_id").asText());
        assertEquals(topic, hit.at("/last_hits/0/names/0/topic").asText());
    }

    @Test
    void noLineIsLostOrTwiceWhenOneInTenIsToldToHaveFailedThoughItHasNot() {
        List<String> lines = IntStream.range(0, 200).mapToObj(i -> "line " + i).toList();
        long id = inject("{\"on\":[\"Produce\"],\"topic\":\"lossy\",\"probability\":0.1,\"seed\":42,"
                + "\"answer\":\"REQUEST_TIMED_OUT\",\"after_handling\":true}");

        produce("lossy", lines);

        assertTrue(broker.get("/v1/faults/" + id).get("hits").asInt() >= 5);
        assertEquals(
                lines.stream().map(line -> line + "\n").collect(Collectors.joining()),
                consume("lossy").output());
    }

    /** kcat itself gives up when its only connection is closed, and says so. */
    @ParameterizedTest
    @ValueSource(strings = {"close", "reset"})
    void aConnectionThatIsCutIsNoticed(String fault) {
        inject("{\"on\":[\"Produce\"],\"topic\":\"cut-" + fault + "\",\"times\":1,\"" + fault + "\":true}");

        CommandResult told = kcat("a\n", "-P", "-t", "cut-" + fault);

        assertTrue(told.output().contains("Broker transport failure"), told.output());
        assertEquals("a\n", consume("cut-" + fault).output(), "it was done before");
    }

    @Test
    void corruptRecordsAreToldWhereTheyAreLookedFor() {
        produce("corrupt", List.of("a"));
        long id = inject("{\"on\":[\"Fetch\"],\"topic\":\"corrupt\",\"corrupt_records\":true}");

        CommandResult told = consume("corrupt", "-X", "check.crcs=true");

        assertNotEquals("a\n", told.output());
        assertTrue(told.output().contains("CRC32C"), told.output());
        broker.delete("/v1/faults/" + id);
        assertEquals("a\n", consume("corrupt", "-X", "check.crcs=true").output());
    }

    @Test
    void slowBytesArrive() {
        String line = "x".repeat(2000);
        produce("slow", List.of(line));
        inject("{\"on\":[\"Fetch\"],\"topic\":\"slow\",\"slow\":4000,\"times\":2}");

        assertEquals(line + "\n", consume("slow").output());
    }

    private static long inject(String rule) {
        JsonNode added = broker.post("/v1/faults", rule);
        assertTrue(added.has("id"), added.toString());
        return added.get("id").asLong();
    }

    private static void produce(String topic, List<String> lines) {
        String input = lines.stream().map(line -> line + "\n").collect(Collectors.joining());
        CommandResult result = kcat(
                input,
                "-P",
                "-t",
                topic,
                "-X",
                "enable.idempotence=true",
                "-X",
                "batch.num.messages=1",
                "-X",
                "reconnect.backoff.ms=5",
                "-X",
                "retry.backoff.ms=5");
        assertEquals(0, result.exitCode(), () -> result.output() + broker.output());
    }

    private static CommandResult consume(String topic, String... more) {
        String[] arguments = new String[more.length + 5];
        System.arraycopy(new String[] {"-C", "-t", topic, "-e", "-q"}, 0, arguments, 0, 5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return kcat("", arguments);
    }

    private static CommandResult kcat(String input, String... arguments) {
        String[] command = new String[arguments.length + 3];
        command[0] = "kcat";
        command[1] = "-b";
        command[2] = broker.bootstrapServers();
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        return CommandResult.run(input, command);
    }
}
