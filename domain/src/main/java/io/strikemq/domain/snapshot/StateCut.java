package io.strikemq.domain.snapshot;

import io.strikemq.domain.feature.FinalizedFeatures;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicIdPartition;
import io.strikemq.domain.topic.admin.ConfigResource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a broker has, at one moment: what belongs to a snapshot.
 *
 * @param takenAt  the moment
 * @param topics   the topics that there were
 * @param features the finalized features; empty if nobody ever set any
 * @param configs  the configs of all resources but topics
 * @param ends     where each log ended that had been opened: what is before that offset belongs to the cut. Other partitions are empty
 */
public record StateCut(
        Instant takenAt,
        List<Topic> topics,
        Optional<FinalizedFeatures> features,
        Map<ConfigResource, Map<String, String>> configs,
        Map<TopicIdPartition, Long> ends) {}
