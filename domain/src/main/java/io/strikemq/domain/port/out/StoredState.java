package io.strikemq.domain.port.out;

/**
 * One state of a storage: the three ports by which it is read and changed. They are of no use any more once another state
 * was installed.
 */
public record StoredState(PartitionLogs logs, TopicCatalog catalog, ClusterStore cluster) {}
