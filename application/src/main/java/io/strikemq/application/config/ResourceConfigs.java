package io.strikemq.application.config;

import io.strikemq.domain.port.out.ClusterStore;
import io.strikemq.domain.topic.admin.ConfigResource;
import io.strikemq.domain.topic.admin.Mode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The configs of everything but topics: in memory for whoever asks, and in the store before anybody sees a change.
 * Callable from any thread, for changes from those that may wait.
 */
public final class ResourceConfigs {
    private final ClusterStore store;
    private final Map<ConfigResource, Map<String, String>> configs;
    private final List<Consumer<ConfigResource>> listeners = new CopyOnWriteArrayList<>();

    public ResourceConfigs(ClusterStore store) {
        this.store = store;
        this.configs = new ConcurrentHashMap<>(store.configs());
    }

    /** Adds one who is told of each change, on the thread that makes it. */
    public void onChange(Consumer<ConfigResource> listener) {
        listeners.add(listener);
    }

    /** What was said about a resource. */
    public Map<String, String> of(ConfigResource resource) {
        return configs.getOrDefault(resource, Map.of());
    }

    /** The names of all resources of a type that have configs, in order. */
    List<String> names(byte type) {
        return configs.keySet().stream()
                .filter(resource -> resource.typeCode() == type)
                .map(ConfigResource::name)
                .sorted()
                .toList();
    }

    /** Changes the configs of a resource to what comes of them, which may be a refusal; no two changes at a time. */
    synchronized void alter(ConfigResource resource, UnaryOperator<Map<String, String>> change, Mode mode) {
        Map<String, String> before = of(resource);
        Map<String, String> after = Map.copyOf(change.apply(before));
        if (mode == Mode.VALIDATE_ONLY || after.equals(before)) {
            return;
        }
        store.saveConfigs(resource, after);
        if (after.isEmpty()) {
            configs.remove(resource);
        } else {
            configs.put(resource, after);
        }
        listeners.forEach(listener -> listener.accept(resource));
    }
}
