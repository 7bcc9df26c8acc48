package io.strikemq.domain.journal;

/**
 * Something that happened.
 *
 * @param number counts the events since the journal was cleared, from 1 on
 * @param timeMs when, by the broker's clock
 */
public record JournaledEvent(long number, long timeMs, Happening what) {}
