package io.strikemq.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process as its user meets it: banner, help, signals, and one clear sentence when it cannot start. */
class ProcessTest {
    private static final int TERMINATED = 128 + 15;

    @TempDir
    Path folder;

    @Test
    void theBannerTellsTheTruth() {
        try (BrokerProcess broker = BrokerProcess.start(folder, "--num-io-threads", "3")) {
            String output = broker.output();

            assertTrue(output.contains("StrikeMQ v1.0.0 — Sub-Millisecond Broker"), output);
            assertTrue(output.matches("(?s).*Kafka Port: +" + broker.kafkaPort() + "\\n.*"), output);
            assertTrue(output.matches("(?s).*HTTP API: +" + broker.httpPort() + "\\n.*"), output);
            assertTrue(output.matches("(?s).*IO Threads: +3\\n.*"), output);
            assertTrue(output.contains("HTTP API listening on 0.0.0.0:" + broker.httpPort()), output);
            assertTrue(output.contains("Listening on 0.0.0.0:" + broker.kafkaPort()), output);
            assertTrue(output.contains("Broker ready. Press Ctrl+C to stop."), output);
        }
    }

    @Test
    void bothAddressFamiliesAreServed() throws IOException {
        try (BrokerProcess broker = BrokerProcess.start(folder)) {
            for (String address : List.of("127.0.0.1", "::1")) {
                try (Socket socket = new Socket(InetAddress.getByName(address), broker.kafkaPort())) {
                    socket.getOutputStream().write(RawRequests.apiVersions(5));
                    assertEquals(5, RawRequests.readCorrelationId(socket), address);
                }
            }
        }
    }

    @Test
    void sigtermStopsItInOrderAndLeavesACleanDirectory() {
        try (BrokerProcess broker = BrokerProcess.start(folder)) {
            broker.post("/v1/topics/t/messages", "{\"messages\":[{\"value\":\"x\"}]}");

            assertEquals(TERMINATED, broker.terminate(), broker.output());

            String output = broker.output();
            assertTrue(output.indexOf("HTTP API stopped") < output.indexOf("Kafka server stopped"), output);
            assertTrue(output.contains("HTTP API stopped"), output);
            assertFalse(output.contains("Exception"), output);
            assertFalse(Files.exists(folder.resolve("data/endpoints.json")), "nobody listens there any more");
        }
        try (BrokerProcess broker = BrokerProcess.start(folder)) {
            assertEquals(
                    "x", broker.get("/v1/topics/t/messages").get(0).get("value").asText());
            assertFalse(broker.output().contains("ecover"), broker.output());
        }
    }

    @Test
    void aTakenPortIsOneSentence() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            String port = String.valueOf(taken.getLocalPort());

            assertFails(
                    "port " + port + ": Address already in use (--port chooses another port).",
                    "--port",
                    port,
                    "--http-port",
                    "0");
            assertFails(
                    "port " + port + " of 0.0.0.0: Address already in use (--http-port chooses another port).",
                    "--port",
                    "0",
                    "--http-port",
                    port);
        }
    }

    @Test
    void aLockedDirectoryIsOneSentence() {
        try (BrokerProcess broker = BrokerProcess.start(folder)) {
            assertTrue(broker.isAlive());
            assertFails(folder.resolve("data").toString(), "--port", "0", "--http-port", "0");
            assertTrue(Files.exists(folder.resolve("data/endpoints.json")), "the first one is still to be found");
        }
    }

    @Test
    void whereAKilledBrokerCouldBeReachedIsForgottenAlsoByAStartThatFails() throws IOException {
        Path endpoints = folder.resolve("data/endpoints.json");
        try (BrokerProcess broker = BrokerProcess.start(folder)) {
            broker.kill();
        }
        assertTrue(Files.exists(endpoints));
        try (ServerSocket taken = new ServerSocket(0)) {
            assertFails("Address already in use", "--port", "" + taken.getLocalPort(), "--http-port", "0");
        }
        assertFalse(Files.exists(endpoints));
    }

    @Test
    void aDirectoryOfKafkaIsOneSentenceAndStaysAsItIs() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("meta.properties"), "version=1\ncluster.id=AAAAAAAAAAAAAAAAAAAAAA\nnode.id=1\n");

        assertFails("belongs to Apache Kafka (its meta.properties has a node.id)", "--port", "0", "--http-port", "0");

        try (Stream<Path> files = Files.list(data)) {
            assertEquals(List.of(data.resolve("meta.properties")), files.toList());
        }
    }

    @Test
    void aDirectoryThatIsAFileIsOneSentence() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");

        assertFails(file.toString(), "--port", "0", "--http-port", "0", "--log-dir", file.toString());
    }

    @Test
    void aWrongSettingIsOneSentence() {
        assertFails("Unknown option '--prt'; did you mean '--port'?", "--prt", "1");
        assertFails("'port' (command line) is 'abc' but must be a port", "--port", "abc");
        assertFails("Unknown setting 'num.partition' (command line); did you mean", "--set", "num.partition=1");
    }

    @Test
    void helpAndVersionArePrintedAndNothingIsStarted() {
        CommandResult help = run("--help");
        CommandResult version = run("--version");

        assertEquals(0, help.exitCode());
        assertTrue(help.output().contains("--log-dir"), help.output());
        assertEquals(0, version.exitCode());
        assertEquals("StrikeMQ 1.0.0", version.output().strip());
    }

    private void assertFails(String expected, String... options) {
        CommandResult result = run(options);

        assertEquals(1, result.exitCode(), result.output());
        assertTrue(result.output().contains(expected), result.output());
        assertEquals(1, result.output().strip().lines().count(), result.output());
    }

    private CommandResult run(String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-jar", System.getProperty("strikemq.jar")));
        boolean hasFolder = List.of(options).contains("--log-dir") || options.length == 1;
        if (!hasFolder) {
            command.addAll(List.of("--log-dir", folder.resolve("data").toString()));
        }
        command.addAll(List.of(options));
        return CommandResult.run("", command.toArray(String[]::new));
    }
}
