package io.strikemq.domain.fetch;

/** Which records a reader wants to see (KIP-98). */
public enum IsolationLevel {
    /** All up to the high watermark. */
    READ_UNCOMMITTED,
    /** All up to the last stable offset, together with what is needed to drop aborted transactions. */
    READ_COMMITTED
}
