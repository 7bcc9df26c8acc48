package io.strikemq.domain.topic.admin;

import java.util.List;

/** Which brokers a client wants to have one partition of a new topic, the first as its leader. */
public record ReplicaAssignment(int partition, List<Integer> brokerIds) {}
