package io.strikemq.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The built jar as a process of its own, on free ports, with assertions, and with its output in files of the given
 * folder.
 */
final class BrokerProcess implements AutoCloseable {
    /** A machine that does much else takes half a minute for the JVM alone; who waits for more than this hangs. */
    private static final long START_SECONDS = 120;

    private static final long THREADS_SECONDS = 10;
    private static final long STOP_SECONDS = 20;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final Path output;
    private final JsonNode endpoints;

    private BrokerProcess(Process process, Path output, JsonNode endpoints) {
        this.process = process;
        this.output = output;
        this.endpoints = endpoints;
    }

    /** Starts the broker on the data in {@code folder/data} and waits until it is ready. */
    static BrokerProcess start(Path folder, String... options) {
        try {
            Path data = folder.resolve("data");
            Path output = Files.createTempFile(Files.createDirectories(folder), "broker", ".log");
            List<String> command = new ArrayList<>(List.of(
                    java(),
                    "@" + System.getProperty("strikemq.jvm.options"),
                    "-Xmx512m",
                    // Threads that must not wait say so when they do.
                    "-ea:io.strikemq...",
                    "-jar",
                    System.getProperty("strikemq.jar")));
            command.addAll(List.of("--port", "0", "--http-port", "0", "--log-dir", data.toString()));
            command.addAll(List.of(options));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            awaitReady(process, output);
            return new BrokerProcess(
                    process,
                    output,
                    JSON.readTree(data.resolve("endpoints.json").toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static void awaitReady(Process process, Path output) throws IOException {
        boolean ready = Await.until(
                START_SECONDS, () -> !process.isAlive() || text(output).contains("Broker ready"));
        if (!process.isAlive()) {
            throw new IllegalStateException("The broker did not start:\n" + text(output));
        }
        if (!ready) {
            printThreads(process, output);
            process.destroyForcibly();
            throw new IllegalStateException("The broker hangs in its start:\n" + text(output));
        }
    }

    /** What a JVM does that is told to quit: it prints them, and goes on. */
    private static void printThreads(Process process, Path output) throws IOException {
        new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid())).start();
        Await.until(THREADS_SECONDS, () -> text(output).contains("Full thread dump"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String bootstrapServers() {
        return "127.0.0.1:" + kafkaPort();
    }

    int kafkaPort() {
        return endpoints.get("port").asInt();
    }

    int httpPort() {
        return endpoints.get("http_port").asInt();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** All that the process has printed so far, both streams. */
    String output() {
        return text(output);
    }

    /** The answer of the REST API to a GET, as JSON. */
    JsonNode get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    /** The answer of the REST API to a POST. */
    JsonNode post(String path, String body) {
        return send(HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** The answer of the REST API to a DELETE. */
    JsonNode delete(String path) {
        return send(HttpRequest.newBuilder(uri(path)).DELETE());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + httpPort() + path);
    }

    private static JsonNode send(HttpRequest.Builder request) {
        try {
            return JSON.readTree(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** kill -9. */
    void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** SIGTERM; returns the exit code. */
    int terminate() {
        process.destroy();
        return awaitExit();
    }

    private int awaitExit() {
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The broker did not end within " + STOP_SECONDS + " s:\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends the process, if it is still there; whatever it was doing, none of its assertions may have failed. */
    @Override
    public void close() {
        process.destroyForcibly();
        awaitExit();
        if (output().contains(AssertionError.class.getName())) {
            throw new IllegalStateException("An assertion failed in the broker:\n" + output());
        }
    }
}
