package io.strikemq.domain.transaction;

import java.util.List;

/**
 * The transactions that passed a filter, by id.
 *
 * @param unknownStates the names in the filter that are no states
 */
public record TransactionListing(List<Transaction> transactions, List<String> unknownStates) {}
