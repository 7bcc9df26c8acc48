package io.strikemq.domain.port.out;

/**
 * All that lies in storage, as a whole: what may take its place, and how. One thread at a time, one that may wait.
 *
 * <p>Errors: {@link io.strikemq.domain.error.BrokerException} with {@code KAFKA_STORAGE_ERROR}.
 */
public interface StorageStates {
    /** What is in storage now: it is what was installed last. */
    StoredState current();

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
