package io.strikemq.adapter.storage.memory;

import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.StorageStates;
import io.strikemq.domain.port.out.StoredState;

/** The states of a storage on the heap: one that is not current any more is the garbage collector's. */
public final class HeapStates implements StorageStates {
    private final Clock clock;
    private volatile StoredState current;

    /** A storage without any topic; {@code clock} as of {@link HeapPartitionLogs}. */
    public HeapStates(Clock clock) {
        this.clock = clock;
        this.current = empty();
    }

    private StoredState empty() {
        return new StoredState(new HeapPartitionLogs(clock), new HeapTopicCatalog(), new HeapClusterStore());
    }

    @Override
    public StoredState current() {
        return current;
    }

    @Override
    public NextState prepareEmpty() {
        return new Next(empty());
    }

    private final class Next implements NextState {
        private final StoredState state;

        Next(StoredState state) {
            this.state = state;
        }

        @Override
        public void install() {
            current = state;
        }

        @Override
        public void discard() {
            // Nobody else knows of it.
        }
    }
}
