package io.strikemq.domain.put;

/** At which offsets an import puts records. */
public enum ImportOffsets {
    /** At those that they had, gaps included: each must lie at the end of its partition's log or beyond it. */
    KEPT,
    /** At the end of the log, one behind the other. */
    APPENDED
}
