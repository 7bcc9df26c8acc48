package io.strikemq.wire.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFolderTest {
    @TempDir
    private Path root;

    @Test
    void aFileThatDidNotChangeKeepsItsTimeSoThatNothingIsRecompiled() throws IOException {
        new SourceFolder(root).write("a.b", "Toy", "class Toy {}");
        Path file = root.resolve("a/b/Toy.java");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));

        new SourceFolder(root).write("a.b", "Toy", "class Toy {}");
        assertEquals(FileTime.fromMillis(1_000), Files.getLastModifiedTime(file));

        new SourceFolder(root).write("a.b", "Toy", "final class Toy {}");
        assertEquals("final class Toy {}", Files.readString(file));
    }

    @Test
    void aFileThatIsNoLongerGeneratedDisappears() throws IOException {
        new SourceFolder(root).write("a.b", "Old", "class Old {}");
        SourceFolder next = new SourceFolder(root);
        next.write("a.b", "New", "class New {}");
        next.deleteRest();

        assertFalse(Files.exists(root.resolve("a/b/Old.java")));
        assertTrue(Files.exists(root.resolve("a/b/New.java")));
    }
}
