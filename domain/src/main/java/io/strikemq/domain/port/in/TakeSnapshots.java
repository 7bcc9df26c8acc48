package io.strikemq.domain.port.in;

import io.strikemq.domain.snapshot.Snapshot;
import java.util.List;

/**
 * Keeps all that the broker has by a name, and goes back to it. Callable from any thread that may wait; one call at a time is
 * served, resets included.
 *
 * <p>Errors: {@link io.strikemq.domain.error.BrokerException} with INVALID_REQUEST for a name that is none, RESOURCE_NOT_FOUND
 * where there is no such snapshot, KAFKA_STORAGE_ERROR when the disk does not allow it or a snapshot is damaged (all is as it
 * was then), BROKER_NOT_AVAILABLE when the broker is being closed.
 */
public interface TakeSnapshots {
    /** How many there may be. */
    int MOST = 100;

    /**
     * Takes a snapshot: topics with their ids, configs and records, groups, offsets, transactions as they stand, producers'
     * state, configs, features. It is of one moment: everything that was acknowledged before the call is in it, and of each
     * partition all before one offset. One of the same name is replaced.
     */
    Snapshot take(String name);

    /** All that there are, by name. */
    List<Snapshot> list();

    /**
     * The broker has what it had when the snapshot was taken, and nothing else: otherwise as {@link ResetBroker#reset}. Members of
     * groups that were there then have to join again. The snapshot stays, to be restored again.
     */
    void restore(String name);

    /** Forgets it, and gives back what it takes. */
    void delete(String name);
}
