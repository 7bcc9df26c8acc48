package io.strikemq.application.snapshot;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.ResetBroker;
import io.strikemq.domain.port.out.StorageStates;
import io.strikemq.domain.port.out.StorageStates.NextState;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Replaces all that the broker has by another state, one call at a time. */
public final class StateKeeping implements ResetBroker, AutoCloseable {
    private final StorageStates states;
    private final Consumer<NextState> succession;
    /** Fair: who asks first is served first. */
    private final ReentrantLock lock = new ReentrantLock(true);

    /** Guarded by the lock. */
    private boolean closed;

    /**
     * Works on this storage.
     *
     * @param succession installs a state, and has it served in the place of what is
     */
    public StateKeeping(StorageStates states, Consumer<NextState> succession) {
        this.states = states;
        this.succession = succession;
    }

    @Override
    public void reset() {
        alone(() -> succession.accept(states.prepareEmpty()));
    }

    private void alone(Runnable action) {
        lock.lock();
        try {
            if (closed) {
                throw new BrokerException(ErrorCode.BROKER_NOT_AVAILABLE, "The broker is being closed.");
            }
            action.run();
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
