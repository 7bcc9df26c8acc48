package io.strikemq.domain.port.out;

import io.strikemq.domain.snapshot.Snapshot;
import io.strikemq.domain.snapshot.StateCut;
import java.util.List;
import java.util.Optional;

/**
 * All that lies in storage, as a whole: what may take its place, and how. One thread at a time, one that may wait.
 *
 * <p>Errors: {@link io.strikemq.domain.error.BrokerException} with {@code KAFKA_STORAGE_ERROR}.
 */
public interface StorageStates {
    /** What is in storage now: it is what was installed last. */
    StoredState current();

    /** The snapshots that are kept, by name. */
    List<Snapshot> snapshots();

    /**
     * Keeps what is in storage now, up to where the cut says, in the place of a snapshot of that name.
     *
     * @throws OutdatedCutException when more than appends has happened to a log since the cut: another one has to be made
     */
    Snapshot save(String name, StateCut cut);

    /** Forgets a snapshot; false if there is none of that name. */
    boolean delete(String name);

    /** Prepares a state that is what a snapshot is; empty if there is none of that name. */
    Optional<NextState> prepare(String name);

    /** A log has changed since a cut by more than appends. */
    final class OutdatedCutException extends RuntimeException {
        private static final long serialVersionUID = 1;

        public OutdatedCutException(String message) {
            super(message);
        }
    }

    /** Prepares a state without any topic. What is in storage now is not touched. */
    NextState prepareEmpty();

    /** A state that may take the place of the one in storage; either of the two is called, once. */
    interface NextState {
        /**
         * Takes the place of what is in storage, in one step: a process that dies has the one state or the other. Nobody uses
         * the one before any more: its logs are closed, and nothing else of it is written.
         *
         * @throws io.strikemq.domain.error.BrokerException when it cannot be done; the state before is there then, to be opened
         *     again
         */
        void install();

        /** It will not be installed: gives back what it took. */
        void discard();
    }
}
