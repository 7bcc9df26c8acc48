package io.strikemq.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./strikemq}, in a tree of its own, with programs that only pretend: what it says when it cannot. */
class LauncherTest {
    private static final String JAVA = """
            #!/usr/bin/env bash
            case "$*" in
              -version) echo 'openjdk version "%s" 2026-01-01' >&2 ;;
              *ArchiveClassesAtExit=*|*AOTCacheOutput=*)
                for word in "$@"; do [[ "$word" != *.new ]] || echo made >"${word#*=}"; done
                [[ "$*" == *" io.strikemq.bootstrap.Rehearsal" ]] ;;
              *) echo "run: $*" ;;
            esac
            """;

    @TempDir
    Path folder;

    private Path bin;
    private Path jar;

    private record Outcome(int exitCode, String out, String err) {}

    @BeforeEach
    void plantATree() throws IOException {
        bin = Files.createDirectories(folder.resolve("bin"));
        for (String tool : List.of("bash", "dirname", "find", "head", "mv", "readlink", "sed")) {
            Path real = Stream.of("/bin", "/usr/bin")
                    .map(directory -> Path.of(directory, tool))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();
            program(tool, "#!/bin/sh\nexec " + real + " \"$@\"\n");
        }
        Files.copy(Path.of("..", "strikemq"), folder.resolve("strikemq"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectories(folder.resolve("bootstrap/src/launch"));
        Files.createFile(folder.resolve("bootstrap/src/launch/jvm.options"));
        Files.createFile(folder.resolve("bootstrap/pom.xml"));
        jar = Files.createDirectories(folder.resolve("bootstrap/target")).resolve("bootstrap.jar");
        Files.createFile(jar);
        Files.setLastModifiedTime(folder.resolve("bootstrap/pom.xml"), FileTime.from(Instant.EPOCH));
    }

    @Test
    void theBrokerIsRunWithTheArgumentsThatWereGiven() throws IOException {
        program("java", JAVA.formatted("17.0.1"));

        Outcome outcome = launch(Map.of("STRIKEMQ_JAVA_OPTS", "-Da=b -Dc=d"), "--port", "1 2");

        assertEquals("", outcome.err());
        assertEquals(0, outcome.exitCode());
        assertTrue(
                outcome.out().contains(" -Da=b -Dc=d -cp " + jar + " io.strikemq.bootstrap.Main --port 1 2"),
                outcome.out());
    }

    @Test
    void laterRunsUseWhatTheFirstOneLeft() throws IOException {
        program("java", JAVA.formatted("17.0.1"));
        assertTrue(launch(Map.of()).out().contains(" -XX:SharedArchiveFile=" + archive("jsa") + " "));

        // A newer jar has what was made before it made anew, by the newer java in its own way.
        program("java", JAVA.formatted("25.0.1"));
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(100)));
        String stale = launch(Map.of()).out();
        assertTrue(stale.contains(" -XX:AOTCache=" + archive("aot") + " "), stale);

        // With both there, no version is asked for.
        Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
        program("java", JAVA.formatted("1.8.0_402"));
        Outcome again = launch(Map.of());
        assertEquals(0, again.exitCode(), again.err());
        assertTrue(again.out().contains(" -XX:AOTCache=" + archive("aot") + " "), again.out());

        String own = launch(Map.of("STRIKEMQ_JAVA_OPTS", "-Xshare:off")).out();
        assertTrue(!own.contains("AOTCache") && own.contains(" -Xshare:off -cp "), own);
    }

    private String archive(String extension) {
        String java = bin.resolve("java").toString().replace('/', '_');
        return jar.resolveSibling("classes-of-" + java + "." + extension).toString();
    }

    @Test
    void aJavaThatIsNotThereIsOneSentence() throws IOException {
        assertFails("neither STRIKEMQ_JAVA nor JAVA_HOME is set, but there is no program 'java'", Map.of());
        assertFails(
                "JAVA_HOME is '/nonexistent', but there is no program '/nonexistent/bin/java'",
                Map.of("JAVA_HOME", "/nonexistent"));
        assertFails(
                "STRIKEMQ_JAVA is '/nonexistent/java', but there is no program '/nonexistent/java'",
                Map.of("JAVA_HOME", "/nonexistent", "STRIKEMQ_JAVA", "/nonexistent/java"));
    }

    @Test
    void aJavaThatIsTooOldOrDoesNotRunIsOneSentence() throws IOException {
        for (String version : List.of("1.8.0_402", "11.0.22", "16-ea")) {
            program("java", JAVA.formatted(version));
            assertFails("; Java 17 or newer is needed", Map.of());
        }
        program("java", "#!/usr/bin/env bash\necho 'cannot execute: wrong machine' >&2\nexit 126\n");
        assertFails("java' does not run: cannot execute: wrong machine", Map.of());
    }

    @Test
    void aBuildThatCannotBeDoneIsOneSentence() throws IOException {
        program("java", JAVA.formatted("21"));
        Files.delete(jar);

        assertFails("there is no program 'mvn'; Maven 3.8 or newer is needed", Map.of());

        program("mvn", "#!/usr/bin/env bash\nexit 1\n");
        Outcome failed = launch(Map.of());
        assertEquals(1, failed.exitCode());
        assertEquals(
                List.of(
                        "Building StrikeMQ (once; this takes a minute or two)...",
                        "strikemq: the broker could not be built: Maven's messages above say why."),
                failed.err().lines().toList());
    }

    @Test
    void aTreeThatCannotBeWrittenToIsOneSentence() throws IOException {
        Path target = jar.getParent();
        program("java", JAVA.formatted("21"));
        program("mvn", "#!/usr/bin/env bash\n");
        Files.delete(jar);
        assertTrue(target.toFile().setWritable(false));
        try {
            assumeFalse(Files.isWritable(target), "whoever runs this may write everywhere");
            assertFails("the broker has to be built, but '" + target + "' cannot be written to.", Map.of());
        } finally {
            assertTrue(target.toFile().setWritable(true));
        }
    }

    @Test
    void withoutRoomForTheArchiveTheBrokerRunsAllTheSame() throws IOException {
        program("java", JAVA.formatted("17"));

        Outcome outcome = launch(Map.of("TMPDIR", "/nonexistent"));

        assertEquals(0, outcome.exitCode(), outcome.err());
        assertTrue(outcome.out().startsWith("run: "), outcome.out());
    }

    private void assertFails(String expected, Map<String, String> environment) throws IOException {
        Outcome outcome = launch(environment);

        assertEquals(1, outcome.exitCode(), outcome.toString());
        assertTrue(outcome.err().startsWith("strikemq: "), outcome.toString());
        assertTrue(outcome.err().contains(expected), outcome.toString());
        assertEquals(1, outcome.err().lines().count(), outcome.toString());
    }

    private void program(String name, String script) throws IOException {
        Path program = Files.writeString(bin.resolve(name), script);
        assertTrue(program.toFile().setExecutable(true));
    }

    private Outcome launch(Map<String, String> environment, String... arguments) throws IOException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(Stream.of(folder.resolve("strikemq").toString()), Stream.of(arguments))
                                .toList())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", bin.toString());
        builder.environment().putAll(environment);
        try {
            int exitCode = builder.start().waitFor();
            return new Outcome(exitCode, Files.readString(out), Files.readString(err));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
