package io.strikemq.domain.topic.admin;

import java.util.List;

/** What shall become of the configs of one resource. */
public record ConfigAlteration(ConfigResource resource, List<ConfigChange> changes) {
    public ConfigAlteration {
        changes = List.copyOf(changes);
    }
}
