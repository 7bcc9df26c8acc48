package io.strikemq.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that is a module of its own. */
class ModulePathTest {
    private static final Path SOURCES = Path.of("src/test/modules/shop");

    @TempDir
    private Path folder;

    @Test
    void aModuleStartsABroker() throws Exception {
        Path classes = folder.resolve("classes");
        compile(classes);
        String modules = ChildProcess.jar() + File.pathSeparator + classes;

        ChildProcess child = ChildProcess.java(folder, List.of("--module-path", modules, "-m", "shop/shop.Shop"));

        assertEquals(new ChildProcess(0, "module io.strikemq.embedded 200" + System.lineSeparator(), ""), child);
    }

    private void compile(Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<String> sources = files.map(Path::toString)
                    .filter(name -> name.endsWith(".java"))
                    .toList();
            List<String> arguments = Stream.concat(
                            Stream.of("--module-path", ChildProcess.jar().toString(), "-d", classes.toString()),
                            sources.stream())
                    .toList();
            int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
            assertEquals(0, result);
        }
    }
}
