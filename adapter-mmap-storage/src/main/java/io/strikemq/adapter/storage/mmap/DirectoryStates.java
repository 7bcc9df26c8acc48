package io.strikemq.adapter.storage.mmap;

import io.strikemq.adapter.storage.mmap.file.StorageFailure;
import io.strikemq.adapter.storage.mmap.log.MappedPartitionLogs;
import io.strikemq.adapter.storage.mmap.log.PartitionDirectories;
import io.strikemq.domain.port.out.StorageStates;
import io.strikemq.domain.port.out.StoredState;
import io.strikemq.domain.snapshot.Snapshot;
import io.strikemq.domain.snapshot.StateCut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The states of a data directory, one after the other; see {@link StateSwitch}. */
final class DirectoryStates implements StorageStates {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryStates.class);

    private final Path root;
    private final Executor background;
    private final StateSwitch states;
    private final SnapshotDirectory snapshots;
    private volatile Content current;

    /** One state, whose logs are not asked through the port alone. */
    private record Content(MappedPartitionLogs logs, StoredState state) {}

    /**
     * @param first      what the directory has when it is opened
     * @param background frees the space of what is gone
     */
    DirectoryStates(Path root, MappedPartitionLogs logs, StoredState first, Executor background) {
        this.root = root;
        this.background = background;
        this.states = new StateSwitch(root);
        this.snapshots = new SnapshotDirectory(root);
        this.current = new Content(logs, first);
    }

    @Override
    public StoredState current() {
        return current.state();
    }

    @Override
    public List<Snapshot> snapshots() {
        try {
            return snapshots.list();
        } catch (IOException failure) {
            throw StorageFailure.cannot("list the snapshots in " + root, failure);
        }
    }

    @Override
    public Snapshot save(String name, StateCut cut) {
        try {
            return snapshots.save(name, cut, current.logs());
        } catch (NoSuchFileException gone) {
            throw new OutdatedCutException(gone.getMessage() + " is gone");
        } catch (IOException failure) {
            throw StorageFailure.cannot("take the snapshot '" + name + "'", failure);
        }
    }

    @Override
    public boolean delete(String name) {
        try {
            return snapshots.delete(name);
        } catch (IOException failure) {
            throw StorageFailure.cannot("delete the snapshot '" + name + "'", failure);
        }
    }

    @Override
    public Optional<NextState> prepare(String name) {
        if (!snapshots.has(name)) {
            return Optional.empty();
        }
        try {
            snapshots.copyTo(states.stage(), name);
            return Optional.of(new Next());
        } catch (IOException failure) {
            discard();
            throw StorageFailure.cannot("restore the snapshot '" + name + "'", failure);
        } catch (RuntimeException failure) {
            discard();
            throw failure;
        }
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

    private Content open() throws IOException {
        FileTopicCatalog catalog = new FileTopicCatalog(root.resolve(FileTopicCatalog.DIRECTORY));
        PartitionDirectories directories = new PartitionDirectories(root, catalog::isBeingDeleted, background);
        directories.unlinkDiscarded();
        MappedPartitionLogs logs = new MappedPartitionLogs(directories);
        FileClusterStore cluster = new FileClusterStore(root.resolve(FileClusterStore.DIRECTORY));
        return new Content(logs, new StoredState(logs, catalog, cluster));
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
