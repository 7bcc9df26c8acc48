package io.strikemq.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process has to do with the brokers in it. */
class QuietProcessTest {
    @TempDir
    private Path folder;

    @Test
    void nothingIsWrittenAndNothingKeepsTheProcess() throws Exception {
        assertEquals(new ChildProcess(0, "", ""), child(List.of()));
        assertEquals(List.of(), temporaryFiles());
    }

    @Test
    void whatTheProcessSaysOfItsOwnLoggingIsNotForTheBroker() throws Exception {
        ChildProcess child = child(List.of(
                "-Dslf4j.provider=ch.qos.logback.classic.spi.LogbackServiceProvider",
                "-Dslf4j.internal.verbosity=DEBUG",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                "-Dorg.slf4j.simpleLogger.logFile=System.out",
                "-Djava.util.logging.config.file=" + folder.resolve("none")));
        assertEquals(new ChildProcess(0, "", ""), child);
    }

    @Test
    void theJarNeedNotBeAFileThatIsCalledOne() throws Exception {
        Path renamed = Files.copy(ChildProcess.jar(), folder.resolve("embedded.zip"));
        assertEquals(new ChildProcess(0, "", ""), child(List.of(), renamed));
    }

    private ChildProcess child(List<String> options) throws Exception {
        return child(options, ChildProcess.jar());
    }

    private ChildProcess child(List<String> options, Path jar) throws Exception {
        String tests = Path.of(QuietProcessTest.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        List<String> arguments = new ArrayList<>(options);
        arguments.add("-Djava.io.tmpdir=" + Files.createDirectories(temporary()));
        arguments.addAll(List.of("-cp", jar + File.pathSeparator + tests, QuietProcess.class.getName()));
        return ChildProcess.java(folder, arguments);
    }

    private Path temporary() {
        return folder.resolve("tmp");
    }

    private List<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(temporary())) {
            return files.toList();
        }
    }
}
