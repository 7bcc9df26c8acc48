package io.strikemq.wire.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A folder of generated sources. What has not changed is not written again, so that nothing is recompiled for it. */
final class SourceFolder {
    private final Path root;
    private final Set<Path> current = new HashSet<>();

    SourceFolder(Path root) {
        this.root = root;
    }

    void write(String packageName, String typeName, String source) throws IOException {
        Path file = root.resolve(packageName.replace('.', '/')).resolve(typeName + ".java");
        current.add(file);
        if (!Files.exists(file) || !Files.readString(file).equals(source)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, source);
        }
    }

    /** Deletes what an earlier run wrote and this one did not. */
    void deleteRest() throws IOException {
        List<Path> stale;
        try (Stream<Path> files = Files.walk(root)) {
            stale = files.filter(file -> Files.isRegularFile(file) && !current.contains(file))
                    .toList();
        }
        for (Path file : stale) {
            Files.delete(file);
        }
    }
}
