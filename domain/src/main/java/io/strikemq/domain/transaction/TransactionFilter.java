package io.strikemq.domain.transaction;

import java.util.Set;

/**
 * Which transactional ids are asked for (KIP-664, KIP-994, KIP-1152).
 *
 * @param states        Kafka's names of states; an empty set lets all pass
 * @param producerIds   an empty set lets all pass
 * @param longerThanMs  those whose transaction began longer ago than this, and those that have none; negative lets all pass
 * @param pattern       a regular expression that the whole id matches; null and empty let all pass
 */
public record TransactionFilter(Set<String> states, Set<Long> producerIds, long longerThanMs, String pattern) {
    /** Lets all pass. */
    public static final TransactionFilter ALL = new TransactionFilter(Set.of(), Set.of(), -1, null);

    public TransactionFilter {
        states = Set.copyOf(states);
        producerIds = Set.copyOf(producerIds);
    }
}
