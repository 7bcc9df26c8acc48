package io.strikemq.domain.port.out;

import io.strikemq.domain.feature.FinalizedFeatures;
import io.strikemq.domain.topic.admin.ConfigResource;
import java.util.Map;
import java.util.Optional;

/**
 * What was altered for the whole cluster and outlives a process: finalized features, and the configs of everything but
 * topics. Callable from any thread, for writing from those that may wait.
 *
 * <p>Each change is atomic: after a crash it is there wholly or not at all. Errors:
 * {@link io.strikemq.domain.error.BrokerException} with {@code KAFKA_STORAGE_ERROR}; nothing has changed then.
 */
public interface ClusterStore {
    /** What was saved last; empty when nothing ever was. */
    Optional<FinalizedFeatures> features();

    /** Keeps these levels in place of those before. */
    void saveFeatures(FinalizedFeatures features);

    /** All resources that have configs, with the configs of each. */
    Map<ConfigResource, Map<String, String>> configs();

    /** Keeps these configs of a resource in place of those before; none at all forget the resource. */
    void saveConfigs(ConfigResource resource, Map<String, String> configs);
}
