package io.strikemq.domain.port.out;

import io.strikemq.domain.journal.Happening;

/** Who remembers what rarely happens. Callable from any thread and under any lock: quick, and never fails. */
@FunctionalInterface
public interface Events {
    /** Nobody does. */
    Events NOBODY = happening -> {};

    /** This has happened just now. */
    void happened(Happening happening);
}
