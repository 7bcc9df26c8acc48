package io.strikemq.adapter.storage.memory;

import io.strikemq.domain.feature.FinalizedFeatures;
import io.strikemq.domain.port.out.ClusterStore;
import io.strikemq.domain.topic.admin.ConfigResource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What was altered for a cluster that lasts as long as this object. */
public final class HeapClusterStore implements ClusterStore {
    private final Map<ConfigResource, Map<String, String>> configs = new ConcurrentHashMap<>();
    private volatile FinalizedFeatures features;

    @Override
    public Optional<FinalizedFeatures> features() {
        return Optional.ofNullable(features);
    }

    @Override
    public void saveFeatures(FinalizedFeatures saved) {
        features = saved;
    }

    @Override
    public Map<ConfigResource, Map<String, String>> configs() {
        return Map.copyOf(configs);
    }

    @Override
    public void saveConfigs(ConfigResource resource, Map<String, String> saved) {
        if (saved.isEmpty()) {
            configs.remove(resource);
        } else {
            configs.put(resource, Map.copyOf(saved));
        }
    }
}
