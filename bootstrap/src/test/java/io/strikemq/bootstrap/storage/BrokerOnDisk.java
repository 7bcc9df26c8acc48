package io.strikemq.bootstrap.storage;

import io.strikemq.adapter.storage.mmap.DataDirectory;
import io.strikemq.application.partition.Partition;
import io.strikemq.application.partition.Partitions;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.application.topic.TopicSettingsCache;
import io.strikemq.domain.port.out.FixedIdentifiers;
import io.strikemq.domain.port.out.ManualTime;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.TestBatches;
import io.strikemq.domain.settings.ProducerSettings;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.config.TopicConfigs;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What of a broker has to do with topics and their files, without any port. */
final class BrokerOnDisk implements AutoCloseable {
    private final DataDirectory directory;
    private final TopicRegistry registry;
    private final Partitions partitions;

    BrokerOnDisk(Path path) {
        directory = DataDirectory.open(path, new FixedIdentifiers(1), Runnable::run, () -> {});
        registry = new TopicRegistry(directory.states().current().catalog());
        TopicSettingsCache settings = new TopicSettingsCache(new TopicConfigs(Map.of()));
        partitions = new Partitions(
                directory.states().current().logs(),
                settings::of,
                ProducerSettings.DEFAULT,
                new ManualTime(),
                Runnable::run,
                Runnable::run);
        registry.addListener(settings);
        registry.addListener(partitions);
        registry.load();
    }

    /** Creates a topic with a random id. */
    Topic create(String name, int partitionCount) {
        Topic topic = new Topic(name, UUID.randomUUID(), partitionCount, (short) 1, Map.of());
        registry.create(topic);
        return topic;
    }

    void delete(String name) {
        registry.delete(registry.find(name).orElseThrow());
    }

    Optional<Topic> find(String name) {
        return registry.find(name);
    }

    /** Appends a batch of one record. */
    void append(String topic, int partition) {
        partition(topic, partition).append(new RecordBatch(TestBatches.batch(0), 0));
    }

    long endOffset(String topic, int partition) {
        return partition(topic, partition).end().highWatermark();
    }

    private Partition partition(String topic, int partition) {
        return partitions.find(new TopicPartition(topic, partition));
    }

    @Override
    public void close() {
        partitions.close();
        directory.close();
    }
}
