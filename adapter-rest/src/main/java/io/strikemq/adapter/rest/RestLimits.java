package io.strikemq.adapter.rest;

import java.time.Duration;

/**
 * What callers may take of the REST server.
 *
 * @param maxRequestBytes the largest body of all, whatever a topic takes
 * @param maxMessageBytes the largest batch of topics that do not say otherwise (max.message.bytes)
 * @param memoryBytes     what the bodies and answers of all calls may take together
 * @param maxConnections  connections open at once; further ones wait until one closes
 * @param head            how long a connection may take until the head of its next request is there
 * @param body            how long a body may take to arrive
 * @param answer          how long a client may take for each piece of an answer
 */
public record RestLimits(
        int maxRequestBytes,
        int maxMessageBytes,
        long memoryBytes,
        int maxConnections,
        Duration head,
        Duration body,
        Duration answer) {
    /** Long enough for a person who types a request by hand. */
    public static final Duration DEFAULT_HEAD = Duration.ofSeconds(30);
    /** Enough for 100 MiB over a slow line. */
    public static final Duration DEFAULT_BODY = Duration.ofSeconds(60);
    /** A piece is about a megabyte. */
    public static final Duration DEFAULT_ANSWER = Duration.ofSeconds(30);
}
