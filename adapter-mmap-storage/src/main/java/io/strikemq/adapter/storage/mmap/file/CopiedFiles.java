package io.strikemq.adapter.storage.mmap.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** Files that are copied to another place, or linked there, and what has to be known to find them damaged. For one thread. */
public final class CopiedFiles {
    private static final int CHUNK = 1 << 20;
    private static final String LINKED = "linked";

    private final Path root;
    private final Map<String, String> signatures = new TreeMap<>();
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    private long bytes;

    /** Files below a directory. */
    public CopiedFiles(Path root) {
        this.root = root;
    }

    /** By name below the root: the size of each file, and the CRC-32C of those that were copied. */
    public Map<String, String> signatures() {
        return signatures;
    }

    /** How much all of them have. */
    public long sizeInBytes() {
        return bytes;
    }

    /** Another name for a file that never changes; a copy where the file system has no such. */
    public void link(Path source, Path target) throws IOException {
        try {
            Files.createLink(target, source);
        } catch (IOException | UnsupportedOperationException impossible) {
            Files.copy(source, target);
            force(target);
        }
        note(target, Files.size(target), LINKED);
    }

    /** A copy, if there is such a file. */
    public void copyIfThere(Path source, Path target) throws IOException {
        if (Files.exists(source)) {
            copy(source, target, Files.size(source));
        }
    }

    /** A copy of the first bytes of a file, durable. */
    public void copy(Path source, Path target, long length) throws IOException {
        CRC32C crc = new CRC32C();
        try (FileChannel from = FileChannel.open(source, StandardOpenOption.READ);
                FileChannel to = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long left = length;
            while (left > 0) {
                chunk.clear().limit((int) Math.min(CHUNK, left));
                if (from.read(chunk) < 0) {
                    throw new IOException(source + " is shorter than it should be");
                }
                chunk.flip();
                left -= chunk.remaining();
                crc.update(chunk.duplicate());
                while (chunk.hasRemaining()) {
                    to.write(chunk);
                }
            }
            to.force(true);
        }
        note(target, length, Long.toString(crc.getValue()));
    }

    /** Takes note of a file that was written there. */
    public void written(Path file) throws IOException {
        force(file);
        note(file, Files.size(file), crc(file));
    }

    /** Copies or links a file as it is known by its signature, or finds it damaged. */
    public void copyAsKnown(Path source, Path target, String signature) throws IOException {
        if (!Files.exists(source)) {
            throw new DamagedFileException(source, "it is missing");
        }
        Files.createDirectories(target.getParent());
        if (signature.endsWith(LINKED)) {
            link(source, target);
        } else {
            copy(source, target, Files.size(source));
        }
        if (!signature.equals(signatures.get(name(target)))) {
            throw new DamagedFileException(source, "it is not as it was written");
        }
    }

    private String name(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    private void note(Path file, long size, String crc) {
        signatures.put(name(file), size + " " + crc);
        bytes += size;
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static String crc(Path file) throws IOException {
        CRC32C crc = new CRC32C();
        crc.update(Files.readAllBytes(file));
        return Long.toString(crc.getValue());
    }
}
