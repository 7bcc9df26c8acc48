package io.strikemq.adapter.kafka.api.topics;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.topic.admin.ConfigOutcome;
import io.strikemq.domain.topic.admin.ConfigResource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The resources that a request to alter configs names more than once: each of their rows is refused, as in Kafka. */
final class RepeatedResources {
    private final Set<ConfigResource> repeated = new HashSet<>();

    /** Looks through all resources of a request. */
    RepeatedResources(List<ConfigResource> resources) {
        Set<ConfigResource> seen = new HashSet<>();
        for (ConfigResource resource : resources) {
            if (!seen.add(resource)) {
                repeated.add(resource);
            }
        }
    }

    /** Whether the request names it more than once. */
    boolean contains(ConfigResource resource) {
        return repeated.contains(resource);
    }

    /** What such a row is answered. */
    static ConfigOutcome refused(ConfigResource resource) {
        return new ConfigOutcome(
                resource,
                ErrorCode.INVALID_REQUEST,
                "Resource '" + resource.name() + "' is named more than once.",
                List.of());
    }
}
