package io.strikemq.adapter.kafka.api;

import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.domain.fault.FaultableApi;
import java.util.ArrayList;
import java.util.List;

/** The APIs that are served. What ApiVersions advertises, and what the documentation lists, comes from here. */
public final class ApiRegistry {
    private final Api<?>[] byId;
    private final TopicNames topicNames;

    /**
     * @param apis       one for each key at the most
     * @param topicNames of the topics that these APIs know
     */
    public ApiRegistry(List<Api<?>> apis, TopicNames topicNames) {
        this.topicNames = topicNames;
        int highest = apis.stream().mapToInt(api -> api.key().id()).max().orElse(-1);
        byId = new Api<?>[highest + 1];
        for (Api<?> api : apis) {
            if (byId[api.key().id()] != null) {
                throw new IllegalArgumentException(
                        "two classes for the API " + api.key().displayName());
            }
            byId[api.key().id()] = api;
        }
    }

    /** The API of a number, or null when it is not served. */
    Api<?> find(int id) {
        return id >= 0 && id < byId.length ? byId[id] : null;
    }

    /** The names of topics that requests name by id. */
    TopicNames topicNames() {
        return topicNames;
    }

    /** All APIs that are advertised at the moment, by number. */
    public List<ApiKey> offered() {
        return keys().stream().filter(key -> byId[key.id()].isOffered()).toList();
    }

    /** What fault rules may be about. */
    public List<FaultableApi> faultable() {
        return keys().stream()
                .map(key -> new FaultableApi(
                        key.displayName(),
                        key.lowestVersion(),
                        key.highestStableVersion(),
                        byId[key.id()].carriesRecords()))
                .toList();
    }

    /** All APIs that are served, by number. */
    public List<ApiKey> keys() {
        List<ApiKey> keys = new ArrayList<>();
        for (Api<?> api : byId) {
            if (api != null) {
                keys.add(api.key());
            }
        }
        return List.copyOf(keys);
    }
}
