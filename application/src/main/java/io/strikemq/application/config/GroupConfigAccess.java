package io.strikemq.application.config;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.topic.admin.ConfigChange;
import io.strikemq.domain.topic.admin.ConfigEntry;
import io.strikemq.domain.topic.admin.ConfigResource;
import io.strikemq.domain.topic.admin.Mode;
import io.strikemq.domain.topic.config.ClientMetricsConfigs;
import io.strikemq.domain.topic.config.ConfigChanges;
import io.strikemq.domain.topic.config.GroupConfigs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The configs of groups and of subscriptions of client metrics, which need not be there to have some. */
public final class GroupConfigAccess {
    private final GroupConfigs groups;
    private final ResourceConfigs stored;

    public GroupConfigAccess(GroupConfigs groups, ResourceConfigs stored) {
        this.groups = groups;
        this.stored = stored;
    }

    List<ConfigEntry> entries(ConfigResource resource) {
        if (resource.name().isEmpty()) {
            throw new BrokerException(
                    ErrorCode.INVALID_REQUEST,
                    (isGroup(resource) ? "Group" : "Client metrics subscription") + " name must not be empty");
        }
        Map<String, String> configs = stored.of(resource);
        return isGroup(resource) ? groups.entries(configs) : ClientMetricsConfigs.entries(configs);
    }

    void replace(ConfigResource resource, List<ConfigChange> sets, Mode mode) {
        alter(resource, before -> ConfigChanges.replacement(sets), mode);
    }

    /** As in Kafka, nothing here counts as a list when items are to be added. */
    void change(ConfigResource resource, List<ConfigChange> changes, Mode mode) {
        alter(resource, before -> ConfigChanges.apply(before, changes, name -> Optional.empty()), mode);
    }

    private void alter(ConfigResource resource, UnaryOperator<Map<String, String>> change, Mode mode) {
        stored.alter(
                resource,
                before -> {
                    // As in Kafka, a wrong operation is told before a wrong name.
                    Map<String, String> after = change.apply(before);
                    checkName(resource);
                    if (isGroup(resource)) {
                        groups.check(after);
                    } else {
                        ClientMetricsConfigs.check(after);
                    }
                    return after;
                },
                mode);
    }

    private static void checkName(ConfigResource resource) {
        if (resource.name().isEmpty()) {
            throw new BrokerException(
                    ErrorCode.INVALID_REQUEST,
                    isGroup(resource)
                            ? "Default group resources are not allowed."
                            : "Subscription name can't be empty");
        }
    }

    private static boolean isGroup(ConfigResource resource) {
        return resource.typeCode() == ConfigResource.GROUP;
    }
}
