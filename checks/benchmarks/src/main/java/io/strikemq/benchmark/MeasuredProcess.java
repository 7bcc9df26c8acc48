package io.strikemq.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A process that is measured: the broker from its jar, the echo server, or a hello world; all on the same JDK. */
final class MeasuredProcess implements AutoCloseable {
    private static final Pattern USED =
            Pattern.compile("(?im)^.*(?:garbage-first heap|def ?new|tenured)\\b.*\\bused (\\d+)K");

    private final Process process;
    private final int port;

    private MeasuredProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** The built jar on a free port, ready. */
    static MeasuredProcess broker(Path data, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(
                List.of(System.getProperty("strikemq.java.options", "").trim().split(" +")));
        command.removeIf(String::isEmpty);
        command.addAll(List.of("-jar", System.getProperty("strikemq.jar", "bootstrap/target/bootstrap.jar")));
        command.addAll(List.of("--port", "0", "--http-port", "0", "--log-dir", data.toString()));
        command.addAll(List.of(options));
        Process process = start(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT));
        String line;
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        while ((line = out.readLine()) != null && !line.contains("Broker ready")) {
            continue;
        }
        if (line == null) {
            throw new IOException("the broker ended before it was ready");
        }
        String endpoints = Files.readString(data.resolve("endpoints.json"));
        return new MeasuredProcess(process, Integer.parseInt(endpoints.replaceAll("(?s).*\"port\":(\\d+).*", "$1")));
    }

    /** The echo server, ready. */
    static MeasuredProcess echo() throws IOException {
        Process process = java(EchoServer.class);
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return new MeasuredProcess(process, Integer.parseInt(out.readLine()));
    }

    /** A JVM that runs the class, with this program's class path. */
    static Process java(Class<?> main) throws IOException {
        return start(new ProcessBuilder(java(), "-cp", System.getProperty("java.class.path"), main.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT));
    }

    /** Starts a process that does not outlive this one, also when this one is told to end. */
    static Process start(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }));
        return process;
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    int port() {
        return port;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Asks it to stop, as a terminal or a container runtime does, and returns when it is gone. */
    void stop() {
        process.destroy();
        process.onExit().join();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** What the JDK's tool of that name says to the command. */
    String jcmd(String command) throws IOException, InterruptedException {
        String tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process asked = new ProcessBuilder(tool, String.valueOf(process.pid()), command).start();
        String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (asked.waitFor() != 0) {
            throw new IOException("jcmd " + command + " failed: " + answer);
        }
        return answer;
    }

    /** How much of the heap is in use: by the whole heap's line of G1, or the lines of Serial's two generations. */
    long heapKilobytes() throws IOException, InterruptedException {
        return USED.matcher(jcmd("GC.heap_info"))
                .results()
                .mapToLong(line -> Long.parseLong(line.group(1)))
                .sum();
    }

    /** How much memory of the process is no file's. */
    long ownKilobytes() throws IOException {
        return status(process.pid(), "RssAnon");
    }

    /** How much memory a process takes at the moment. */
    static double residentMegabytes(long pid) throws IOException {
        return status(pid, "VmRSS") / 1024.0;
    }

    private static long status(long pid, String what) throws IOException {
        String status = Files.readString(Path.of("/proc/" + pid + "/status"));
        return Long.parseLong(status.replaceAll("(?s).*" + what + ":\\s+(\\d+) kB.*", "$1"));
    }

    /** Removes a folder that a broker worked in. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted((one, other) -> other.compareTo(one))::iterator) {
                Files.deleteIfExists(file);
            }
        }
    }
}
