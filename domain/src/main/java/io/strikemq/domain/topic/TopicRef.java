package io.strikemq.domain.topic;

import java.util.Objects;
import java.util.UUID;

/**
 * How a request names a topic: by name, or (KIP-516, newer versions) by topic id.
 *
 * <p>Exactly one of both is set; the other is null. An answer repeats the reference that the request used.
 */
public record TopicRef(String name, UUID id) {
    public TopicRef {
        if ((name == null) == (id == null)) {
            throw new IllegalArgumentException("a topic is named by name or by id: name " + name + ", id " + id);
        }
    }

    /** A topic named by its name. */
    public static TopicRef byName(String name) {
        return new TopicRef(Objects.requireNonNull(name, "name"), null);
    }

    /** A topic named by its id. */
    public static TopicRef byId(UUID id) {
        return new TopicRef(null, Objects.requireNonNull(id, "id"));
    }

    /** Whether the id names the topic. */
    public boolean isById() {
        return id != null;
    }
}
