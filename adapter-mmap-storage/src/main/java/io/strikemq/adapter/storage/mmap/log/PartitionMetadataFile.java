package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.DamagedFileException;
import io.strikemq.adapter.storage.mmap.file.TextFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which topic a partition's directory belongs to, in Kafka's format (KIP-516):
 *
 * <pre>
 *  version: 0
 *  topic_id: AAAAAAAAAAEAAAAAAAAAAg        16 bytes in URL-safe base64, without padding
 * </pre>
 *
 * <p>It is written before the first batch and not forced to disk, which would make thousands of partitions slow: after
 * a power loss the file may be missing or without content, and then it says nothing. One that is damaged says nothing
 * either, and that is logged.
 */
final class PartitionMetadataFile {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionMetadataFile.class);
    private static final String NAME = "partition.metadata";
    private static final Pattern CONTENT = Pattern.compile("version: 0\\R*topic_id: ([A-Za-z0-9_-]{22})\\R*");

    private PartitionMetadataFile() {}

    /** The topic's id; empty when the file is missing or says nothing. */
    static Optional<UUID> read(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        try {
            return idIn(file, TextFile.read(file));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (DamagedFileException damage) {
            LOG.warn("{}. The log is taken for that of the topic of its name.", damage.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<UUID> idIn(Path file, String text) throws DamagedFileException {
        if (text.chars().allMatch(character -> character <= ' ')) {
            return Optional.empty();
        }
        Matcher content = CONTENT.matcher(text);
        if (!content.matches()) {
            throw new DamagedFileException(file, "it should say version: 0 and topic_id:");
        }
        ByteBuffer id = ByteBuffer.wrap(Base64.getUrlDecoder().decode(content.group(1)));
        return Optional.of(new UUID(id.getLong(), id.getLong()));
    }

    /**
     * Says whose directory it is, where there was nothing that did, and returns the file. All partitions of a topic
     * have the same content, so a link to {@code another}'s file will do: it costs next to nothing, where one more file
     * makes thousands of new logs noticeably slower.
     *
     * @param another the file of another partition of this topic, or null
     */
    static Path write(Path directory, UUID topicId, Path another) throws IOException {
        Path file = directory.resolve(NAME);
        // One that says nothing may be a link too, whose other names must not change.
        Files.deleteIfExists(file);
        if (another == null || !isLinked(file, another)) {
            ByteBuffer id = ByteBuffer.allocate(2 * Long.BYTES);
            id.putLong(topicId.getMostSignificantBits()).putLong(topicId.getLeastSignificantBits());
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(id.array());
            // In one write: whoever dies before it leaves a file that says nothing.
            Files.writeString(file, "version: 0\ntopic_id: " + text);
        }
        return file;
    }

    /** Not where the other file has gone with its partition, has too many links, or the file system has none. */
    private static boolean isLinked(Path file, Path another) {
        try {
            Files.createLink(file, another);
            return true;
        } catch (IOException | UnsupportedOperationException impossible) {
            return false;
        }
    }

    static boolean exists(Path directory) {
        return Files.exists(directory.resolve(NAME));
    }
}
