package io.strikemq.adapter.kafka.listener;

import java.time.Duration;
import java.util.Objects;

/**
 * What clients may take.
 *
 * @param maxRequestBytes      the largest frame (socket.request.max.bytes)
 * @param bufferedRequestBytes for unfinished frames of all connections together (queued.max.request.bytes), a quarter
 *                             of it for small ones alone; it may be passed by one frame of either kind, so that there
 *                             is always progress
 * @param maxConnections       further clients wait in the backlog (max.connections)
 * @param maxIdle              how long a connection may be silent (connections.max.idle.ms); zero for as long as it
 *                             likes
 * @param unsentBytes          answers that wait for a client to read them; when they are more, its next request waits
 * @param totalUnsentBytes     the same for all connections together
 */
public record ConnectionLimits(
        int maxRequestBytes,
        long bufferedRequestBytes,
        int maxConnections,
        Duration maxIdle,
        int unsentBytes,
        long totalUnsentBytes) {

    /** Kafka's defaults, and bounds where Kafka has none. */
    public static final ConnectionLimits DEFAULT = new ConnectionLimits(
            104_857_600, 256L << 20, Integer.MAX_VALUE, Duration.ofMinutes(10), 1 << 20, 256L << 20);

    public ConnectionLimits {
        Objects.requireNonNull(maxIdle, "maxIdle");
        if (maxRequestBytes < 1
                || bufferedRequestBytes < 1
                || maxConnections < 1
                || unsentBytes < 1
                || totalUnsentBytes < 1) {
            throw new IllegalArgumentException("every limit is at least 1: " + maxRequestBytes + ", "
                    + bufferedRequestBytes + ", " + maxConnections + ", " + unsentBytes + ", " + totalUnsentBytes);
        }
    }
}
