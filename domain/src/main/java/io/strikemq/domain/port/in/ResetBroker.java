package io.strikemq.domain.port.in;

/** Begins anew, for the test that comes next. Callable from any thread that may wait; one call at a time is served, the others wait. */
public interface ResetBroker {
    /**
     * The broker is as it was at its first start: topics, records, groups, offsets, transactions and all that was
     * altered while it ran are gone, and so is what a test has set up (faults, clock, journal). Clients stay connected, and find
     * that their topics and groups are unknown. The cluster's id stays, snapshots stay, and producer ids go on from where they
     * were, so that a producer that lives on shares its own with nobody.
     *
     * <p>What was acknowledged before the call is gone when it returns, for good, also when the process dies then. One that
     * dies during the call starts with all of it or with nothing.
     *
     * @throws io.strikemq.domain.error.BrokerException KAFKA_STORAGE_ERROR when the disk does not allow it, and then all is
     *     as it was; BROKER_NOT_AVAILABLE when the broker is being closed
     */
    void reset();
}
