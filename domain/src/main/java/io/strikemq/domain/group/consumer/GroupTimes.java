package io.strikemq.domain.group.consumer;

import java.time.Duration;

/** The times of a group of the consumer protocol, as its own configs and the broker's say at the moment. */
public interface GroupTimes {
    /** How long a member may be silent (consumer.session.timeout.ms). */
    Duration sessionTimeout(String groupId);

    /** How often a member is to say that it lives (consumer.heartbeat.interval.ms). */
    Duration heartbeatInterval(String groupId);

    /** How long after a target was computed the next one is, at the earliest (consumer.assignment.interval.ms). */
    Duration assignmentInterval(String groupId);
}
