package io.strikemq.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another JVM, with what it wrote. */
record ChildProcess(int exitCode, String out, String err) {
    private static final long MOST_SECONDS = 60;

    /** The jar of strikemq-embedded, which these tests run against. */
    static Path jar() {
        String jar = StrikeMQ.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        return Path.of(jar);
    }

    /** Runs this JVM's java to its end. */
    static ChildProcess java(Path folder, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("still there after " + MOST_SECONDS + " s: " + Files.readString(err));
            }
        } finally {
            process.destroyForcibly();
        }
        return new ChildProcess(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
