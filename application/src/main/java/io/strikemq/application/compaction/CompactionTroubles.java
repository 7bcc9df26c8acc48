package io.strikemq.application.compaction;

import io.strikemq.application.partition.Partition;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.RecordsCompacted;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** Tells what came of compactions, and remembers which partitions cannot be compacted. Callable from any thread. */
final class CompactionTroubles {
    private static final Logger LOG = System.getLogger(CompactionTroubles.class.getName());

    private final Set<Partition> uncleanable = ConcurrentHashMap.newKeySet();
    private volatile BiConsumer<TopicPartition, String> onCompacted = (partition, said) -> {};

    /** From now on tells {@code listener}, and nobody else, of what was taken from a partition, in a sentence. */
    void onCompacted(BiConsumer<TopicPartition, String> listener) {
        onCompacted = listener;
    }

    /** Whether a partition is left alone, since something in its log cannot be read. */
    boolean keepsOff(Partition partition) {
        return uncleanable.contains(partition);
    }

    /** The topic is gone. */
    void forget(Topic topic) {
        uncleanable.removeIf(partition -> partition.topic().id().equals(topic.id()));
    }

    /** Somebody has asked for it, and is told why it failed; whoever reads the log is told of damage, too. */
    void failedNow(Partition partition, Throwable failure) {
        if (failure instanceof BrokerException refused && refused.error() == ErrorCode.CORRUPT_MESSAGE) {
            LOG.log(Level.ERROR, partition.name() + " is left as it is: " + refused.getMessage());
        }
    }

    /** It went well. */
    void compacted(Partition partition, RecordsCompacted result) {
        uncleanable.remove(partition);
        if (result.segmentsBefore() == 0) {
            return;
        }
        String said = partition.name() + " is compacted up to offset " + result.compactedTo() + ": "
                + result.recordsAfter() + " of " + result.recordsBefore() + " records are left, " + result.bytesAfter()
                + " of " + result.bytesBefore() + " bytes";
        LOG.log(Level.INFO, said);
        if (result.recordsAfter() < result.recordsBefore()) {
            onCompacted.accept(partition.name(), said);
        }
    }

    /**
     * It failed, and nothing is lost; says whether to try again soon.
     *
     * <p>A disk that fails may be better later. What stands in the log stays as it is: as in Kafka the partition is not compacted any
     * more until the broker is started again, or somebody asks for it.
     */
    boolean failed(Partition partition, Throwable failure) {
        if (!(failure instanceof BrokerException refused)) {
            LOG.log(Level.ERROR, "A bug: compacting " + partition.name() + " failed", failure);
            uncleanable.add(partition);
            return false;
        }
        return switch (refused.error()) {
            case UNKNOWN_TOPIC_OR_PARTITION, NOT_LEADER_OR_FOLLOWER, POLICY_VIOLATION -> false;
            case OFFSET_OUT_OF_RANGE -> true;
            case KAFKA_STORAGE_ERROR -> {
                LOG.log(
                        Level.WARNING,
                        partition.name() + " is not compacted for now; nothing is lost: " + refused.getMessage());
                yield true;
            }
            default -> {
                uncleanable.add(partition);
                LOG.log(
                        Level.ERROR,
                        partition.name() + " is left as it is, and not compacted any more until the next start: "
                                + refused.getMessage());
                yield false;
            }
        };
    }
}
