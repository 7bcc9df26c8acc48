package io.strikemq.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rehearsal, by whose archive of classes {@code ./strikemq} and the image start faster. */
class RehearsalTest {
    private static final String JAR = System.getProperty("strikemq.jar");

    @TempDir
    Path folder;

    @Test
    void itLeavesAnArchiveWithWhatTheStartAndTheFirstRequestsNeedAndNothingElse() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path archive = folder.resolve("classes.jsa");

        String said = run(
                "-Djava.io.tmpdir=" + temporary,
                "-XX:ArchiveClassesAtExit=" + archive,
                "-cp",
                JAR,
                "io.strikemq.bootstrap.Rehearsal");

        assertTrue(said.contains("Broker ready"), said);
        assertFalse(said.contains("ERROR"), said);
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(List.of(), left.filter(Files::exists).toList());
        }
        String loaded = run(
                "-XX:SharedArchiveFile=" + archive,
                "-Xlog:class+load:stdout",
                "-cp",
                JAR,
                "io.strikemq.bootstrap.Rehearsal");
        for (String needed : List.of(
                "io.strikemq.bootstrap.Main",
                "io.strikemq.adapter.storage.mmap.DataDirectory",
                "io.strikemq.adapter.kafka.api.records.ProduceApi",
                "io.strikemq.adapter.kafka.api.groups.JoinGroupApi",
                "io.strikemq.adapter.rest.Exchange")) {
            assertTrue(
                    loaded.lines().anyMatch(line -> line.contains(" " + needed + " source: shared objects file (top)")),
                    needed);
        }
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        int exitCode = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start()
                .waitFor();
        String said = Files.readString(out);
        assertEquals(0, exitCode, said);
        return said;
    }
}
