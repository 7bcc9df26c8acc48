package io.strikemq.domain.transaction.log;

import io.strikemq.domain.transaction.Transaction;

/**
 * What the log of transactions holds: of each transactional id, the last record counts.
 *
 * @param value null where the id is forgotten
 */
public record TransactionRecord(String transactionalId, Transaction value) {}
