package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.Aside;
import io.strikemq.adapter.storage.mmap.file.FileTree;
import io.strikemq.adapter.storage.mmap.file.StorageFailure;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicIdPartition;
import io.strikemq.domain.topic.TopicName;
import io.strikemq.domain.topic.TopicPartition;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions' directories in a data directory: whose they are, and where they go once they are nobody's. A
 * directory leaves its name in one step, so that a crash never leaves half of a log under it.
 *
 * <pre>
 *  orders-0/      a log, with the id of its topic: {@link PartitionMetadataFile}
 *  .deleted/      logs of deleted topics, about to be unlinked
 *  .orphaned/     logs that belong to no topic, for people to look at; never read and never deleted
 * </pre>
 *
 * <p>Threading: the caller keeps calls for the same partition apart.
 */
public final class PartitionDirectories {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionDirectories.class);
    /** The data directory's directory for what is about to be unlinked. */
    public static final String DELETED = ".deleted";

    private static final Pattern NAME = Pattern.compile("(.+)-(0|[1-9]\\d{0,8})");
    private static final Pattern FILE_OF_A_LOG =
            Pattern.compile("\\d{1,19}\\.(log|index|timeindex|txnindex)(\\.cleaned|\\.deleted)?"
                    + "|\\d{1,19}-\\d{1,19}\\.swap|checkpoint|start|compacted|.*\\.tmp");

    private final Path root;
    private final Predicate<UUID> isBeingDeleted;
    private final Executor background;
    /** By topic id, the file that was written last and not deleted since. */
    private final Map<UUID, Path> metadataFiles = new ConcurrentHashMap<>();

    /**
     * The directories in {@code root}, which is there.
     *
     * @param isBeingDeleted whether the topic of this id is deleted, so that what is left of it may go as well
     * @param background     runs what takes long and nobody waits for; what it drops the next start does
     */
    public PartitionDirectories(Path root, Predicate<UUID> isBeingDeleted, Executor background) {
        this.root = root;
        this.isBeingDeleted = isBeingDeleted;
        this.background = background;
    }

    Path root() {
        return root;
    }

    /** Whether there is a directory of that name, whichever topic it belongs to. */
    boolean has(TopicPartition partition) {
        return Files.isDirectory(of(partition));
    }

    private Path of(TopicPartition partition) {
        return root.resolve(partition.toString());
    }

    /** The partition's directory, made when there is none; what an earlier topic of that name left there gives way. */
    Path claim(TopicIdPartition partition) throws IOException {
        Path directory = of(partition.topicPartition());
        Optional<UUID> owner = isMade(directory) ? Optional.empty() : PartitionMetadataFile.read(directory);
        if (owner.isPresent() && owner.get().equals(partition.topicId())) {
            return directory;
        }
        if (owner.isPresent()) {
            giveWay(directory, owner.get(), partition.topicPartition());
        }
        Files.createDirectories(directory);
        own(directory, partition.topicId());
        return directory;
    }

    /** Makes the directory if there is none, of which nothing needs to be asked then. */
    private static boolean isMade(Path directory) throws IOException {
        try {
            Files.createDirectory(directory);
            return true;
        } catch (FileAlreadyExistsException there) {
            return false;
        }
    }

    private void own(Path directory, UUID topicId) throws IOException {
        metadataFiles.put(topicId, PartitionMetadataFile.write(directory, topicId, metadataFiles.get(topicId)));
    }

    private void giveWay(Path directory, UUID owner, TopicPartition name) throws IOException {
        if (isBeingDeleted.test(owner)) {
            unlink(move(directory, DELETED, owner + "-" + name.partition()));
        } else {
            LOG.warn(
                    "{} belongs to another topic, of id {}: it is kept as {}.",
                    directory,
                    owner,
                    move(directory, Aside.ORPHANED, name.toString()));
        }
    }

    /**
     * Takes the directory of a deleted topic's partition away, to be {@linkplain #unlink unlinked}; empty when there is
     * none, or one of another topic.
     */
    Optional<Path> discard(TopicIdPartition partition) throws IOException {
        Path directory = of(partition.topicPartition());
        if (Files.notExists(directory)) {
            return Optional.empty();
        }
        Optional<UUID> owner = PartitionMetadataFile.read(directory);
        if (owner.isPresent() && !owner.get().equals(partition.topicId())) {
            return Optional.empty();
        }
        metadataFiles.remove(partition.topicId());
        String name = partition.topicId() + "-" + partition.topicPartition().partition();
        return Optional.of(move(directory, DELETED, name));
    }

    /** Frees the space of what was taken away, in the background. What fails is tried again at the next start. */
    void unlink(Path discarded) {
        background.execute(() -> unlinkNow(discarded));
    }

    private static void unlinkNow(Path discarded) {
        try {
            FileTree.delete(discarded);
        } catch (IOException failure) {
            LOG.warn("The space of a deleted log is not free before the next start: {}", failure.toString());
        }
    }

    /** Unlinks what earlier processes had taken away and not yet unlinked. */
    public void unlinkDiscarded() throws IOException {
        Path deleted = root.resolve(DELETED);
        if (Files.isDirectory(deleted)) {
            try (DirectoryStream<Path> discarded = Files.newDirectoryStream(deleted)) {
                discarded.forEach(this::unlink);
            }
        }
    }

    /**
     * Finishes the deletion of a topic that an earlier process began. What cannot be deleted is named, and left to
     * {@link #moveOrphansAside}.
     *
     * @param nameIsFree whether there is no other topic of that name by now, to which a directory without any owner
     *                   could belong
     */
    public void finishDeletion(Topic topic, boolean nameIsFree) {
        for (int partition = 0; partition < topic.partitionCount(); partition++) {
            TopicPartition name = new TopicPartition(topic.name(), partition);
            try {
                if (nameIsFree || PartitionMetadataFile.read(of(name)).isPresent()) {
                    discard(new TopicIdPartition(topic.id(), name)).ifPresent(this::unlink);
                }
            } catch (IOException failure) {
                LOG.warn(
                        "The log of {}, a topic that is deleted, is still there: {}",
                        name,
                        StorageFailure.reason(failure));
            }
        }
    }

    /**
     * Gives a topic's directories their owner: those that were made before directories had one. Where that fails it is
     * done when the log is opened.
     */
    public void adopt(Topic topic) {
        for (int partition = 0; partition < topic.partitionCount(); partition++) {
            Path directory = of(new TopicPartition(topic.name(), partition));
            try {
                if (Files.isDirectory(directory) && !PartitionMetadataFile.exists(directory)) {
                    own(directory, topic.id());
                }
            } catch (IOException failure) {
                LOG.warn(
                        "{} does not say yet which topic it belongs to: {}", directory, StorageFailure.reason(failure));
            }
        }
    }

    /**
     * Moves aside the logs of partitions that do not exist, so that no later topic of their name can revive them, and
     * returns their names.
     *
     * @param exists whether there is such a partition
     */
    public List<String> moveOrphansAside(Predicate<TopicPartition> exists) throws IOException {
        List<Path> orphans = logsIn(root, name -> !exists.test(name));
        orphans.sort(Comparator.naturalOrder());
        List<String> names = new ArrayList<>();
        for (Path orphan : orphans) {
            String name = orphan.getFileName().toString();
            move(orphan, Aside.ORPHANED, name);
            names.add(name);
        }
        return names;
    }

    /** The directories of all logs in a data directory, whomever they belong to. */
    public static List<Path> logsIn(Path root) throws IOException {
        return logsIn(root, name -> true);
    }

    private static List<Path> logsIn(Path root, Predicate<TopicPartition> wanted) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(root, "*-*")) {
            for (Path directory : directories) {
                Optional<TopicPartition> name =
                        partition(directory.getFileName().toString());
                if (name.isPresent() && wanted.test(name.get()) && isLog(directory)) {
                    found.add(directory);
                }
            }
        }
        return found;
    }

    private static Optional<TopicPartition> partition(String directory) {
        Matcher name = NAME.matcher(directory);
        return name.matches() && TopicName.fault(name.group(1)).isEmpty()
                ? Optional.of(new TopicPartition(name.group(1), Integer.parseInt(name.group(2))))
                : Optional.empty();
    }

    /** As {@link #hasFilesOfALog}; what cannot be read cannot become anybody's log either, and stays where it is. */
    private static boolean isLog(Path directory) {
        try {
            return hasFilesOfALog(directory);
        } catch (IOException failure) {
            LOG.warn("{} belongs to no topic, and stays where it is: {}", directory, StorageFailure.reason(failure));
            return false;
        }
    }

    /** Whether it is a log and not any directory of the user's: one that has an owner, or a log's files and no others. */
    private static boolean hasFilesOfALog(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (PartitionMetadataFile.exists(directory)) {
            return true;
        }
        boolean hasSegments = false;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (!FILE_OF_A_LOG.matcher(name).matches()) {
                    return false;
                }
                hasSegments |= name.endsWith(".log");
            }
        }
        return hasSegments;
    }

    private Path move(Path directory, String parent, String name) throws IOException {
        return Aside.move(directory, root.resolve(parent), name);
    }
}
