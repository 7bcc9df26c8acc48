package io.strikemq.parity.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One of the two brokers under comparison: a process on the loopback interface.
 *
 * @param name what reports call it
 * @param port its Kafka port
 * @param data its data directory, as its answers may name it
 */
public record Peer(String name, int port, Path data, Process process) implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);

    public static final String HOST = "127.0.0.1";

    /** Starts a process and waits until its output says that it serves. */
    static Peer start(String name, int port, Path data, ProcessBuilder command, String readyLine) {
        try {
            Path output = log(name, data);
            Files.createDirectories(data);
            Process process = command.redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            Instant deadline = Instant.now().plus(START);
            while (!Files.readString(output).contains(readyLine)) {
                if (process.waitFor(50, TimeUnit.MILLISECONDS) || Instant.now().isAfter(deadline)) {
                    process.destroyForcibly();
                    throw new IllegalStateException(name + " did not start:\n" + Files.readString(output));
                }
            }
            return new Peer(name, port, data, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path log(String name, Path data) {
        return data.resolveSibling(name + ".log");
    }

    /** A port that was free a moment ago. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Ends the process; whatever it was doing, none of its assertions may have failed. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        Path output = log(name, data);
        try (Stream<String> lines = Files.lines(output, StandardCharsets.ISO_8859_1)) {
            if (lines.anyMatch(line -> line.contains(AssertionError.class.getName()))) {
                throw new IllegalStateException("an assertion failed in " + name + ", see " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
