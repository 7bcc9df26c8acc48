package io.strikemq.adapter.storage.mmap;

import io.strikemq.adapter.storage.mmap.file.DamagedFileException;
import io.strikemq.adapter.storage.mmap.file.SealedProperties;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A topic as {@link SealedProperties}:
 *
 * <pre>
 *  config.retention.ms=-1        one line for each config of the topic
 *  id=00000000-0000-0001-0000-000000000002
 *  name=orders
 *  partitions=3
 *  replication.factor=1
 * </pre>
 */
final class TopicLayout {
    private static final String CONFIG = "config.";

    private TopicLayout() {}

    static ByteBuffer bytes(Topic topic) throws IOException {
        return new SealedProperties()
                .with("name", topic.name())
                .with("id", topic.id())
                .with("partitions", topic.partitionCount())
                .with("replication.factor", topic.replicationFactor())
                .withAll(CONFIG, topic.configs())
                .bytes();
    }

    /** The topic; what is damaged is a {@link DamagedFileException}, what was changed and makes sense a warning. */
    static Topic read(Path file) throws IOException {
        return SealedProperties.read(file, TopicLayout::topic);
    }

    private static Topic topic(SealedProperties properties) {
        String name = properties.required("name");
        TopicName.fault(name).ifPresent(fault -> {
            throw new IllegalArgumentException(fault);
        });
        return new Topic(
                name,
                id(properties.required("id")),
                Integer.parseInt(properties.required("partitions")),
                Short.parseShort(properties.required("replication.factor")),
                properties.all(CONFIG));
    }

    /** As {@link UUID#fromString}, which also takes one that lacks digits. */
    private static UUID id(String text) {
        UUID id = UUID.fromString(text);
        if (!id.toString().equalsIgnoreCase(text)) {
            throw new IllegalArgumentException("'" + text + "' is no id");
        }
        return id;
    }
}
