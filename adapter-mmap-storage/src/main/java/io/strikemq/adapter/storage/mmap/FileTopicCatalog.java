package io.strikemq.adapter.storage.mmap;

import io.strikemq.adapter.storage.mmap.file.AtomicFile;
import io.strikemq.adapter.storage.mmap.file.StorageFailure;
import io.strikemq.domain.port.out.TopicCatalog;
import io.strikemq.domain.topic.Topic;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A directory with one small file per topic, {@code <topic>.topic}, in the format of {@link TopicLayout}. */
final class FileTopicCatalog implements TopicCatalog {
    /** With Kafka's 249 characters for a name just what a file name may have. */
    private static final String SUFFIX = ".topic";

    private final Path directory;

    FileTopicCatalog(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    @Override
    public List<Topic> load() {
        List<Topic> topics = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                topics.add(TopicLayout.read(file));
            }
        } catch (IOException failure) {
            throw StorageFailure.cannot("read the topics in " + directory, failure);
        }
        return topics;
    }

    @Override
    public void save(Topic topic) {
        try {
            AtomicFile.replace(fileOf(topic.name()), TopicLayout.bytes(topic));
        } catch (IOException failure) {
            throw StorageFailure.cannot("save topic " + topic.name(), failure);
        }
    }

    @Override
    public void remove(String name) {
        try {
            if (Files.deleteIfExists(fileOf(name))) {
                AtomicFile.forceDirectory(directory);
            }
        } catch (IOException failure) {
            throw StorageFailure.cannot("remove topic " + name, failure);
        }
    }

    private Path fileOf(String name) {
        return directory.resolve(name + SUFFIX);
    }
}
