package io.strikemq.domain.group.consumer;

import io.strikemq.domain.topic.Topic;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Topics that come, grow and go. */
public final class FakeTopics implements Topics {
    private final Map<String, Topic> topics = new TreeMap<>();
    private long version;
    private long creations;

    /** Creates the topic, if there is none; grows it, if it has fewer partitions. */
    public void put(String name, int partitions) {
        Topic there = topics.get(name);
        if (there == null) {
            UUID id = new UUID(0x1000, ++creations);
            topics.put(name, new Topic(name, id, partitions, (short) 1, Map.of()));
        } else if (there.partitionCount() < partitions) {
            topics.put(name, there.withPartitionCount(partitions));
        }
        version++;
    }

    /** Deletes the topic, if there is one. */
    public void remove(String name) {
        topics.remove(name);
        version++;
    }

    Collection<Topic> all() {
        return topics.values();
    }

    @Override
    public Optional<Topic> find(String name) {
        return Optional.ofNullable(topics.get(name));
    }

    @Override
    public Optional<Topic> find(UUID id) {
        return topics.values().stream().filter(topic -> topic.id().equals(id)).findFirst();
    }

    @Override
    public Set<String> names() {
        return Set.copyOf(topics.keySet());
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public long creations() {
        return creations;
    }
}
