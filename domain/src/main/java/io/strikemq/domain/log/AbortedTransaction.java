package io.strikemq.domain.log;

/**
 * A transaction that was aborted, as a log's index of them has it.
 *
 * @param firstOffset      the first record of the transaction
 * @param lastOffset       the marker that aborted it
 * @param lastStableOffset the log's after the marker: transactions that end later begin there or behind it
 */
public record AbortedTransaction(long producerId, long firstOffset, long lastOffset, long lastStableOffset) {}
