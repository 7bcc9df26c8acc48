package io.strikemq.domain.topic.admin;

import io.strikemq.domain.error.ErrorCode;
import java.util.List;

/** The configs of one resource, or what became of a change to them; {@code message} is null without an error. */
public record ConfigOutcome(ConfigResource resource, ErrorCode error, String message, List<ConfigEntry> configs) {
    public ConfigOutcome {
        configs = List.copyOf(configs);
    }
}
