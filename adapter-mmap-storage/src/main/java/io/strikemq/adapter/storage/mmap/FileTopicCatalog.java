package io.strikemq.adapter.storage.mmap;

import io.strikemq.adapter.storage.mmap.file.Aside;
import io.strikemq.adapter.storage.mmap.file.AtomicFile;
import io.strikemq.adapter.storage.mmap.file.DamagedFileException;
import io.strikemq.adapter.storage.mmap.file.StorageFailure;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.port.out.TopicCatalog;
import io.strikemq.domain.topic.Topic;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory with one small file per topic, in the format of {@link TopicLayout}:
 *
 * <pre>
 *  orders.topic          a topic
 *  &lt;id&gt;.deleting     a topic that is gone, as long as it may have logs; what was its .topic before
 * </pre>
 *
 * <p>All is read once, when the directory is opened, and kept in memory beside the files.
 */
final class FileTopicCatalog implements TopicCatalog {
    /** What it is called in a data directory. */
    static final String DIRECTORY = ".catalog";

    private static final Logger LOG = LoggerFactory.getLogger(FileTopicCatalog.class);

    /** With Kafka's 249 characters for a name just what a file name may have. */
    private static final String TOPIC = ".topic";

    private static final String DELETING = ".deleting";

    private final Path directory;
    private final Map<String, Topic> topics = new ConcurrentHashMap<>();
    private final Map<UUID, Topic> deletions = new ConcurrentHashMap<>();
    private boolean savingFails;

    /** Reads the directory, made when there is none; what is damaged is named and moved aside. */
    FileTopicCatalog(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
            read();
        } catch (IOException failure) {
            throw StorageFailure.cannot("read the topics in " + directory, failure);
        }
    }

    private void read() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*{" + TOPIC + "," + DELETING + "}")) {
            for (Path file : files) {
                try {
                    read(file);
                } catch (DamagedFileException damage) {
                    setAside(file, damage);
                }
            }
        }
        refuseSharedIds();
    }

    private void read(Path file) throws IOException {
        Topic topic = TopicLayout.read(file);
        boolean isDeletion = file.getFileName().toString().endsWith(DELETING);
        Path right = isDeletion ? markOf(topic) : fileOf(topic.name());
        if (!file.equals(right)) {
            throw new DamagedFileException(file, "what it says belongs into " + right.getFileName());
        }
        if (isDeletion) {
            deletions.put(topic.id(), topic);
        } else {
            topics.put(topic.name(), topic);
        }
    }

    /** One topic less keeps nobody from all the others; its logs belong to none then, and are moved aside as well. */
    private void setAside(Path file, DamagedFileException damage) throws IOException {
        String name = file.getFileName().toString();
        Path kept = Aside.move(file, directory.resolveSibling(Aside.ORPHANED), name);
        if (name.endsWith(DELETING)) {
            LOG.warn(
                    "{}. It is kept as {}; what is left of that deleted topic takes space.", damage.getMessage(), kept);
        } else {
            LOG.error("{}. There is no such topic any more; the file is kept as {}.", damage.getMessage(), kept);
        }
    }

    /** A topic that somebody has made by copying another one's file: which of them has the logs, nobody can tell. */
    private void refuseSharedIds() throws IOException {
        Map<UUID, Topic> owners = new HashMap<>(deletions);
        for (Topic topic : topics.values()) {
            Topic other = owners.put(topic.id(), topic);
            if (other != null) {
                throw new IOException("the topics " + other.name() + " and " + topic.name() + " have the same id, "
                        + topic.id() + ": remove the file of one of them");
            }
        }
    }

    @Override
    public List<Topic> load() {
        return List.copyOf(topics.values());
    }

    /** The topics whose deletion was begun and not finished. */
    List<Topic> deletions() {
        return List.copyOf(deletions.values());
    }

    /** Whether the deletion of the topic with this id was begun and not finished. Callable from any thread. */
    boolean isBeingDeleted(UUID topicId) {
        return deletions.containsKey(topicId);
    }

    @Override
    public void save(Topic topic) {
        try {
            AtomicFile.replace(fileOf(topic.name()), TopicLayout.bytes(topic));
        } catch (IOException failure) {
            restore(topic.name(), failure);
            BrokerException refusal = StorageFailure.cannot("save topic " + topic.name(), failure);
            sayThatSavingFails(refusal);
            throw refusal;
        }
        savingFails = false;
        topics.put(topic.name(), topic);
    }

    /** Many clients cannot be told why, since Kafka's metadata has no field for it: one line tells it here. */
    private void sayThatSavingFails(BrokerException refusal) {
        if (!savingFails) {
            savingFails = true;
            LOG.warn(
                    "No topics are created or changed, clients are told {}: {}", refusal.error(), refusal.getMessage());
        }
    }

    /** The caller is told that nothing has changed: the next process shall not find what could not be made durable. */
    private void restore(String name, IOException because) {
        try {
            Topic before = topics.get(name);
            if (before == null) {
                Files.deleteIfExists(fileOf(name));
            } else {
                AtomicFile.replace(fileOf(name), TopicLayout.bytes(before));
            }
        } catch (IOException another) {
            because.addSuppressed(another);
        }
    }

    /** One move of the topic's file decides it, which takes no space on a full disk. */
    @Override
    public void beginDeletion(Topic topic) {
        try {
            try {
                Files.move(fileOf(topic.name()), markOf(topic), StandardCopyOption.ATOMIC_MOVE);
            } catch (NoSuchFileException missing) {
                AtomicFile.replace(markOf(topic), TopicLayout.bytes(topic));
            }
            AtomicFile.forceDirectory(directory);
        } catch (IOException failure) {
            takeBack(topic, failure);
            throw StorageFailure.cannot("delete topic " + topic.name(), failure);
        }
        deletions.put(topic.id(), topic);
        topics.remove(topic.name());
    }

    /** As {@link #restore}: the next process shall find no deletion. */
    private void takeBack(Topic topic, IOException because) {
        try {
            if (Files.exists(markOf(topic))) {
                Files.move(markOf(topic), fileOf(topic.name()), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException another) {
            because.addSuppressed(another);
        }
    }

    /** Not forced: should the mark come back after a power loss, there is nothing left to delete. */
    @Override
    public void finishDeletion(Topic topic) {
        try {
            Files.deleteIfExists(markOf(topic));
        } catch (IOException failure) {
            throw StorageFailure.cannot("forget the deleted topic " + topic.name(), failure);
        }
        deletions.remove(topic.id());
    }

    private Path fileOf(String name) {
        return directory.resolve(name + TOPIC);
    }

    private Path markOf(Topic topic) {
        return directory.resolve(topic.id() + DELETING);
    }
}
