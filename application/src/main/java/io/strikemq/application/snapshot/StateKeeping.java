package io.strikemq.application.snapshot;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.ResetBroker;
import io.strikemq.domain.port.in.TakeSnapshots;
import io.strikemq.domain.port.out.StorageStates;
import io.strikemq.domain.port.out.StorageStates.NextState;
import io.strikemq.domain.port.out.StorageStates.OutdatedCutException;
import io.strikemq.domain.snapshot.Snapshot;
import io.strikemq.domain.snapshot.SnapshotName;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Keeps all that the broker has, and replaces it by another state; one call at a time. */
public final class StateKeeping implements ResetBroker, TakeSnapshots, AutoCloseable {
    /** How often a cut is made anew that was outdated before it was saved. */
    private static final int TRIES = 10;

    private final StorageStates states;
    private final Consumer<NextState> succession;
    private final Supplier<StateCutting> current;
    private final Executor background;
    /** Fair: who asks first is served first. */
    private final ReentrantLock lock = new ReentrantLock(true);

    /** Guarded by the lock. */
    private boolean closed;

    /**
     * Works on this storage.
     *
     * @param succession installs a state, and has it served in the place of what is
     * @param current    that of the core of the moment
     * @param background the thread that compacts logs and drops old records: while it is busy here, it does not
     */
    public StateKeeping(
            StorageStates states, Consumer<NextState> succession, Supplier<StateCutting> current, Executor background) {
        this.states = states;
        this.succession = succession;
        this.current = current;
        this.background = background;
    }

    @Override
    public void reset() {
        alone(() -> {
            succession.accept(states.prepareEmpty());
            return null;
        });
    }

    @Override
    public Snapshot take(String name) {
        SnapshotName.checked(name);
        return alone(() -> {
            List<Snapshot> present = states.snapshots();
            if (present.size() >= MOST
                    && present.stream().noneMatch(each -> each.name().equals(name))) {
                throw new BrokerException(
                        ErrorCode.POLICY_VIOLATION,
                        "there are " + MOST + " snapshots already; delete one before another is taken");
            }
            return inBackground(() -> save(name));
        });
    }

    private Snapshot save(String name) {
        for (int tries = 1; ; tries++) {
            try {
                return states.save(name, current.get().cut());
            } catch (OutdatedCutException changed) {
                if (tries == TRIES) {
                    throw new BrokerException(
                            ErrorCode.KAFKA_STORAGE_ERROR,
                            "no snapshot can be taken while topics come and go: " + changed.getMessage());
                }
            }
        }
    }

    private static Snapshot unwrapped(CompletableFuture<Snapshot> saved) {
        try {
            return saved.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : e;
        }
    }

    private Snapshot inBackground(Supplier<Snapshot> work) {
        return unwrapped(CompletableFuture.supplyAsync(work, background));
    }

    @Override
    public List<Snapshot> list() {
        return alone(states::snapshots);
    }

    @Override
    public void restore(String name) {
        SnapshotName.checked(name);
        alone(() -> {
            succession.accept(states.prepare(name).orElseThrow(() -> unknown(name)));
            return null;
        });
    }

    @Override
    public void delete(String name) {
        SnapshotName.checked(name);
        alone(() -> {
            if (!states.delete(name)) {
                throw unknown(name);
            }
            return null;
        });
    }

    private static BrokerException unknown(String name) {
        return new BrokerException(ErrorCode.RESOURCE_NOT_FOUND, "there is no snapshot '" + name + "'");
    }

    private <T> T alone(Supplier<T> action) {
        lock.lock();
        try {
            if (closed) {
                throw new BrokerException(ErrorCode.BROKER_NOT_AVAILABLE, "The broker is being closed.");
            }
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for what is under way; whoever waits behind it is refused. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
