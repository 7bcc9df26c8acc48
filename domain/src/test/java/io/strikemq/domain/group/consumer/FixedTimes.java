package io.strikemq.domain.group.consumer;

import java.time.Duration;

/** The same times for all groups. */
public record FixedTimes(Duration session, Duration heartbeat, Duration assignment) implements GroupTimes {
    /** Kafka's usual times, but that nobody waits for an assignment. */
    public static final FixedTimes USUAL = new FixedTimes(Duration.ofSeconds(45), Duration.ofSeconds(5), Duration.ZERO);

    @Override
    public Duration sessionTimeout(String groupId) {
        return session;
    }

    @Override
    public Duration heartbeatInterval(String groupId) {
        return heartbeat;
    }

    @Override
    public Duration assignmentInterval(String groupId) {
        return assignment;
    }
}
