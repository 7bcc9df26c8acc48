package io.strikemq.domain.snapshot;

import java.time.Instant;

/**
 * What is told of a snapshot.
 *
 * @param name        by which it is restored
 * @param takenAt     when it was taken, by the broker's clock
 * @param topics      how many topics it has, the broker's own included
 * @param sizeInBytes how much its files have, or its records on the heap; files that it shares with the logs count as well
 */
public record Snapshot(String name, Instant takenAt, int topics, long sizeInBytes) {}
