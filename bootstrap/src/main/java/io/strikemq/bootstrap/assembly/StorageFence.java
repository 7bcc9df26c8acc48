package io.strikemq.bootstrap.assembly;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.feature.FinalizedFeatures;
import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.log.LogVolume;
import io.strikemq.domain.port.out.ClusterStore;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.port.out.PartitionLogs;
import io.strikemq.domain.port.out.StoredState;
import io.strikemq.domain.port.out.TopicCatalog;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicIdPartition;
import io.strikemq.domain.topic.admin.ConfigResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * What one core may do with storage, until the fence is closed: then nothing of it is under way any more, and whoever still
 * tries is sent away, to try again with the core that comes next. Logs that are open are closed by their owner.
 */
final class StorageFence implements AutoCloseable {
    private final StoredState state;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    /** Guarded by the lock. */
    private boolean closed;

    StorageFence(StoredState state) {
        this.state = state;
    }

    /** The same storage, inside the fence. */
    StoredState inside() {
        return new StoredState(new Logs(), new Catalog(), new Cluster());
    }

    /** Waits for what is being done, and lets nothing more begin. */
    @Override
    public void close() {
        Lock alone = lock.writeLock();
        alone.lock();
        try {
            closed = true;
        } finally {
            alone.unlock();
        }
    }

    private <T> T change(Supplier<T> change) {
        Lock shared = lock.readLock();
        shared.lock();
        try {
            if (closed) {
                throw new BrokerException(
                        ErrorCode.NOT_CONTROLLER, "The broker was reset at the same time; try again.");
            }
            return change.get();
        } finally {
            shared.unlock();
        }
    }

    private void change(Runnable change) {
        change(() -> {
            change.run();
            return null;
        });
    }

    private final class Logs implements PartitionLogs {
        @Override
        public PartitionLog open(TopicIdPartition partition, LogSettings settings) {
            return change(() -> state.logs().open(partition, settings));
        }

        @Override
        public void delete(TopicIdPartition partition) {
            change(() -> state.logs().delete(partition));
        }

        @Override
        public boolean contains(TopicIdPartition partition) {
            return state.logs().contains(partition);
        }

        @Override
        public LogVolume volume() {
            return state.logs().volume();
        }
    }

    private final class Catalog implements TopicCatalog {
        @Override
        public List<Topic> load() {
            return state.catalog().load();
        }

        @Override
        public void save(Topic topic) {
            change(() -> state.catalog().save(topic));
        }

        @Override
        public void beginDeletion(Topic topic) {
            change(() -> state.catalog().beginDeletion(topic));
        }

        @Override
        public void finishDeletion(Topic topic) {
            change(() -> state.catalog().finishDeletion(topic));
        }
    }

    private final class Cluster implements ClusterStore {
        @Override
        public Optional<FinalizedFeatures> features() {
            return state.cluster().features();
        }

        @Override
        public void saveFeatures(FinalizedFeatures features) {
            change(() -> state.cluster().saveFeatures(features));
        }

        @Override
        public Map<ConfigResource, Map<String, String>> configs() {
            return state.cluster().configs();
        }

        @Override
        public void saveConfigs(ConfigResource resource, Map<String, String> configs) {
            change(() -> state.cluster().saveConfigs(resource, configs));
        }
    }
}
