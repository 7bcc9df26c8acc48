package io.strikemq.domain.topic.admin;

import java.util.List;

/**
 * A topic that shall have more partitions.
 *
 * @param totalCount  how many it shall have in the end
 * @param assignments broker ids of each new partition; null when the broker shall choose
 */
public record NewPartitions(String topic, int totalCount, List<List<Integer>> assignments) {}
