package io.strikemq.adapter.storage.mmap;

import io.strikemq.adapter.storage.mmap.file.Aside;
import io.strikemq.adapter.storage.mmap.file.AtomicFile;
import io.strikemq.adapter.storage.mmap.file.FileTree;
import io.strikemq.adapter.storage.mmap.log.PartitionDirectories;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Puts all that a data directory has of topics in the place of what it had before: the logs, {@code .catalog} and
 * {@code .cluster}. One rename decides, and whoever opens the directory next finishes what was decided:
 *
 * <pre>
 *  .staging/   what is to come, while it is prepared; of no worth after a crash
 *  .next/      what .staging is called once it is decided: from this moment on all that was there before is to go
 *  .filling/   what .next is called when all of that is gone: what it has moves up into the data directory
 * </pre>
 */
final class StateSwitch {
    static final String STAGING = ".staging";
    static final String NEXT = ".next";
    static final String FILLING = ".filling";

    private final Path root;

    StateSwitch(Path root) {
        this.root = root;
    }

    /** An empty directory for what is to come. */
    Path stage() throws IOException {
        discard();
        return Files.createDirectory(root.resolve(STAGING));
    }

    /** What was staged is not wanted any more. */
    void discard() throws IOException {
        FileTree.delete(root.resolve(STAGING));
    }

    /**
     * Puts what was staged, all of it durable but for the names in the staging directory itself, in the place of what is there.
     * Fails and leaves all as it was; or fails and says so, when not even that is possible.
     */
    void run() throws IOException {
        AtomicFile.forceDirectory(root.resolve(STAGING));
        Files.move(root.resolve(STAGING), root.resolve(NEXT), StandardCopyOption.ATOMIC_MOVE);
        Deque<Move> moved = new ArrayDeque<>();
        try {
            AtomicFile.forceDirectory(root);
            clear(moved);
        } catch (IOException failure) {
            takeBack(moved, failure);
            throw failure;
        }
        fill();
    }

    /** Finishes what an earlier process had decided. */
    void finish() throws IOException {
        if (Files.isDirectory(root.resolve(NEXT))) {
            clear(new ArrayDeque<>());
        }
        fill();
        discard();
    }

    private record Move(Path from, Path to) {}

    /** Moves away what is there; the topics last, without which the logs are nobody's. */
    private void clear(Deque<Move> moved) throws IOException {
        List<Path> old = new ArrayList<>(PartitionDirectories.logsIn(root));
        old.add(root.resolve(FileClusterStore.DIRECTORY));
        old.add(root.resolve(FileTopicCatalog.DIRECTORY));
        for (Path each : old) {
            if (Files.exists(each)) {
                Path to = Aside.move(
                        each,
                        root.resolve(PartitionDirectories.DELETED),
                        each.getFileName().toString());
                moved.push(new Move(each, to));
            }
        }
    }

    private void takeBack(Deque<Move> moved, IOException because) {
        try {
            for (Move each : moved) {
                Files.move(each.to(), each.from(), StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(root.resolve(NEXT), root.resolve(STAGING), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException another) {
            because.addSuppressed(another);
        }
    }

    /** Moves up what is to come. Until all of it is there {@code .filling} says so, and no other state is decided upon. */
    private void fill() throws IOException {
        Path next = root.resolve(NEXT);
        Path filling = root.resolve(FILLING);
        if (Files.isDirectory(next)) {
            AtomicFile.forceDirectory(root);
            Files.move(next, filling, StandardCopyOption.ATOMIC_MOVE);
        }
        if (Files.isDirectory(filling)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(filling)) {
                for (Path entry : entries) {
                    Files.move(entry, root.resolve(entry.getFileName()), StandardCopyOption.ATOMIC_MOVE);
                }
            }
            AtomicFile.forceDirectory(root);
            Files.delete(filling);
        }
    }
}
