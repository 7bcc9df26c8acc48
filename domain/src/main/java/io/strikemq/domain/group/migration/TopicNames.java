package io.strikemq.domain.group.migration;

import io.strikemq.domain.group.consumer.TopicPartitions;
import io.strikemq.domain.group.consumer.Topics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** Partitions by topic name, as the classic protocol has them, and by topic id. Topics that are not there are left out. */
final class TopicNames {
    private final Topics topics;

    TopicNames(Topics topics) {
        this.topics = topics;
    }

    Map<UUID, Set<Integer>> byId(Map<String, List<Integer>> byName) {
        Map<UUID, Set<Integer>> byId = new LinkedHashMap<>();
        byName.forEach((name, partitions) ->
                topics.find(name).ifPresent(topic -> byId.put(topic.id(), new TreeSet<>(partitions))));
        return byId;
    }

    List<TopicPartitions> listById(Map<String, List<Integer>> byName) {
        List<TopicPartitions> byId = new ArrayList<>();
        byName.forEach((name, partitions) ->
                topics.find(name).ifPresent(topic -> byId.add(new TopicPartitions(topic.id(), partitions))));
        return byId;
    }

    Map<String, Set<Integer>> byName(Map<UUID, Set<Integer>> byId) {
        Map<String, Set<Integer>> byName = new TreeMap<>();
        byId.forEach((id, partitions) ->
                topics.find(id).ifPresent(topic -> byName.put(topic.name(), new TreeSet<>(partitions))));
        return byName;
    }
}
