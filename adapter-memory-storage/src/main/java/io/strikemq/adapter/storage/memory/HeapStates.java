package io.strikemq.adapter.storage.memory;

import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.StorageStates;
import io.strikemq.domain.port.out.StoredState;
import io.strikemq.domain.snapshot.Snapshot;
import io.strikemq.domain.snapshot.StateCut;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The states of a storage on the heap: one that is not current any more is the garbage collector's. Snapshots share with the
 * logs all arrays to which nothing is appended any more, and so does what is restored.
 */
public final class HeapStates implements StorageStates {
    private final Clock clock;
    private final Map<String, Kept> kept = new TreeMap<>();
    private volatile Content current;

    /** A storage without any topic; {@code clock} as of {@link HeapPartitionLogs}. */
    public HeapStates(Clock clock) {
        this.clock = clock;
        this.current = empty();
    }

    private record Content(HeapPartitionLogs logs, StoredState state) {}

    private record Kept(Snapshot snapshot, StateCut cut, HeapPartitionLogs logs) {}

    private Content empty() {
        return content(new HeapPartitionLogs(clock));
    }

    private static Content content(HeapPartitionLogs logs) {
        return new Content(logs, new StoredState(logs, new HeapTopicCatalog(), new HeapClusterStore()));
    }

    @Override
    public StoredState current() {
        return current.state();
    }

    @Override
    public List<Snapshot> snapshots() {
        return kept.values().stream().map(Kept::snapshot).toList();
    }

    @Override
    public Snapshot save(String name, StateCut cut) {
        HeapPartitionLogs logs = current.logs().copy(cut.ends());
        Snapshot snapshot = new Snapshot(name, cut.takenAt(), cut.topics().size(), logs.sizeInBytes());
        kept.put(name, new Kept(snapshot, cut, logs));
        return snapshot;
    }

    @Override
    public boolean delete(String name) {
        return kept.remove(name) != null;
    }

    @Override
    public Optional<NextState> prepare(String name) {
        return Optional.ofNullable(kept.get(name)).map(found -> {
            Content content = content(found.logs().copy());
            found.cut().topics().forEach(content.state().catalog()::save);
            found.cut().features().ifPresent(content.state().cluster()::saveFeatures);
            found.cut().configs().forEach(content.state().cluster()::saveConfigs);
            return new Next(content);
        });
    }

    @Override
    public NextState prepareEmpty() {
        return new Next(empty());
    }

    private final class Next implements NextState {
        private final Content content;

        Next(Content content) {
            this.content = content;
        }

        @Override
        public void install() {
            current = content;
        }

        @Override
        public void discard() {
            // Nobody else knows of it.
        }
    }
}
