package io.strikemq.adapter.storage.mmap;

import io.strikemq.adapter.storage.mmap.file.StorageFailure;
import io.strikemq.adapter.storage.mmap.log.MappedPartitionLogs;
import io.strikemq.adapter.storage.mmap.log.PartitionDirectories;
import io.strikemq.domain.port.out.StorageStates;
import io.strikemq.domain.port.out.StoredState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The states of a data directory, one after the other; see {@link StateSwitch}. */
final class DirectoryStates implements StorageStates {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryStates.class);

    private final Path root;
    private final Executor background;
    private final StateSwitch states;
    private volatile StoredState current;

    /**
     * @param first      what the directory has when it is opened
     * @param background frees the space of what is gone
     */
    DirectoryStates(Path root, StoredState first, Executor background) {
        this.root = root;
        this.background = background;
        this.states = new StateSwitch(root);
        this.current = first;
    }

    @Override
    public StoredState current() {
        return current;
    }

    @Override
    public NextState prepareEmpty() {
        try {
            Files.createDirectory(states.stage().resolve(FileTopicCatalog.DIRECTORY));
        } catch (IOException failure) {
            discard();
            throw StorageFailure.cannot("prepare an empty state in " + root, failure);
        }
        return new Next();
    }

    /** What is left of it is deleted before the next one is prepared. */
    private void discard() {
        try {
            states.discard();
        } catch (IOException failure) {
            LOG.warn("A state that was prepared takes space: {}", StorageFailure.reason(failure));
        }
    }

    private StoredState open() throws IOException {
        FileTopicCatalog catalog = new FileTopicCatalog(root.resolve(FileTopicCatalog.DIRECTORY));
        PartitionDirectories directories = new PartitionDirectories(root, catalog::isBeingDeleted, background);
        directories.unlinkDiscarded();
        return new StoredState(
                new MappedPartitionLogs(directories),
                catalog,
                new FileClusterStore(root.resolve(FileClusterStore.DIRECTORY)));
    }

    /** The one that is staged. */
    private final class Next implements NextState {
        @Override
        public void install() {
            try {
                states.run();
                current = open();
            } catch (IOException failure) {
                DirectoryStates.this.discard();
                throw StorageFailure.cannot("put another state in the place of that in " + root, failure);
            }
        }

        @Override
        public void discard() {
            DirectoryStates.this.discard();
        }
    }
}
