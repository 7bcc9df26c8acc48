package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.FileTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A disk that does nothing more from a step on, a step being whatever changes files or makes them durable. What the names
 * in a directory are after a power loss is up to chance, as far as the directory was not forced since they changed.
 */
final class DyingDisk implements Disk, AutoCloseable {
    /** A change of names that is not durable. */
    private record Change(String name, String target) {}

    private static final class Death extends IOException {
        private static final long serialVersionUID = 1;

        Death() {
            super("the process is dead");
        }
    }

    private final boolean losesPower;
    private int stepsLeft = Integer.MAX_VALUE;
    private boolean survives;
    private boolean hasFailed;

    private final List<Change> changes = new ArrayList<>();
    private Path durable;

    /** One that may lose power, or else not. */
    DyingDisk(boolean losesPower) {
        this.losesPower = losesPower;
    }

    /** The process dies after so many steps more. */
    void dieAfter(int more) {
        stepsLeft = more;
        survives = false;
        hasFailed = false;
    }

    /** One step fails, after so many that do not. */
    void failOnceAfter(int more) {
        dieAfter(more);
        survives = true;
    }

    /** Whether that has happened by now. */
    boolean hasFailed() {
        return hasFailed;
    }

    private void step() throws Death {
        if (stepsLeft-- <= 0) {
            hasFailed = true;
            if (survives) {
                stepsLeft = Integer.MAX_VALUE;
            }
            throw new Death();
        }
    }

    @Override
    public int write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        return channel.write(bytes, position);
    }

    @Override
    public void force(Path file, FileChannel channel) throws IOException {
        step();
    }

    @Override
    public void move(Path file, Path target) throws IOException {
        step();
        remember(file.getParent());
        changes.add(
                new Change(file.getFileName().toString(), target.getFileName().toString()));
        Disk.super.move(file, target);
    }

    @Override
    public void delete(Path file) throws IOException {
        step();
        if (Files.exists(file)) {
            remember(file.getParent());
            changes.add(new Change(file.getFileName().toString(), null));
            Disk.super.delete(file);
        }
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        step();
        changes.clear();
    }

    /** Keeps what is there now, unless some of it may be lost already. */
    private void remember(Path directory) throws IOException {
        if (losesPower && changes.isEmpty()) {
            close();
            durable = Files.createTempDirectory("durable");
            copy(directory, durable, name -> true);
        }
    }

    /** What a power loss leaves of the directory: of the changes that are not durable any, in their order. */
    void losePower(Path directory, Random random) throws IOException {
        if (changes.isEmpty()) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(
                            file -> !isOfCheckpoint(file.getFileName().toString()))
                    .toList()) {
                Files.delete(file);
            }
        }
        copy(durable, directory, name -> !isOfCheckpoint(name));
        for (Change change : changes) {
            Path file = directory.resolve(change.name());
            if (random.nextBoolean() && Files.exists(file)) {
                if (change.target() == null) {
                    Files.delete(file);
                } else {
                    Files.move(file, directory.resolve(change.target()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        changes.clear();
    }

    @Override
    public void close() throws IOException {
        if (durable != null) {
            FileTree.delete(durable);
            durable = null;
        }
    }

    private static boolean isOfCheckpoint(String name) {
        return name.equals("checkpoint");
    }

    private static void copy(Path from, Path to, Predicate<String> which) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (which.test(name)) {
                    Files.copy(file, to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }
}
