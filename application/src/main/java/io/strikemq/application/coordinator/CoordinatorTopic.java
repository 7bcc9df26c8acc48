package io.strikemq.application.coordinator;

import io.strikemq.application.partition.Partition;
import io.strikemq.application.partition.Partitions;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.topic.TopicPartition;
import java.nio.ByteBuffer;

/**
 * A topic in which a coordinator keeps what it knows of each id, in the partition that Kafka would choose. Callable from
 * any thread.
 */
public final class CoordinatorTopic {
    private final String name;
    private final TopicRegistry registry;
    private final Partitions partitions;

    public CoordinatorTopic(String name, TopicRegistry registry, Partitions partitions) {
        this.name = name;
        this.registry = registry;
        this.partitions = partitions;
    }

    /** Kafka's rule: the absolute value of the id's hash code, where the smallest int counts as 0. */
    public static int partitionOf(String id, int partitionCount) {
        int hash = id.hashCode();
        return (hash == Integer.MIN_VALUE ? 0 : Math.abs(hash)) % partitionCount;
    }

    /** Whether the topic is there. */
    public boolean exists() {
        return registry.find(name).isPresent();
    }

    /**
     * The partition that an id belongs to. The topic is looked for and never created: that takes the registry's lock, whose
     * holders may want a coordinator's, and waits for the disk.
     *
     * @throws BrokerException COORDINATOR_NOT_AVAILABLE without the topic
     */
    public Partition home(String id) {
        return registry.find(name)
                .map(topic -> partitions.find(new TopicPartition(name, partitionOf(id, topic.partitionCount()))))
                .orElseThrow(() ->
                        new BrokerException(ErrorCode.COORDINATOR_NOT_AVAILABLE, "Topic " + name + " is not here."));
    }

    /**
     * The bytes as a batch for a partition of the topic.
     *
     * @param owner whose records they are, for the message of a refusal
     * @throws BrokerException RECORD_LIST_TOO_LARGE beyond the topic's max.message.bytes
     */
    public RecordBatch batch(ByteBuffer bytes, Partition home, String owner) {
        int limit = partitions.settings(home).maxMessageBytes();
        if (bytes.remaining() > limit) {
            throw new BrokerException(
                    ErrorCode.RECORD_LIST_TOO_LARGE,
                    owner + " takes " + bytes.remaining() + " bytes, more than the " + limit
                            + " of max.message.bytes of " + name + ".");
        }
        return new RecordBatch(bytes, 0);
    }

    /** Shows all that lies in the topic, if it is there. */
    public void replay(CoordinatorReplay<?> replay) {
        registry.find(name).ifPresent(topic -> replay.run(topic.partitionCount(), this::partition));
    }

    private Partition partition(int index) {
        return partitions.find(new TopicPartition(name, index));
    }
}
