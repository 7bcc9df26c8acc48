package io.strikemq.domain.settings;

import io.strikemq.domain.topic.admin.ConfigEntry.Type;
import java.util.Objects;

/**
 * One setting of the broker, as DescribeConfigs shows it.
 *
 * @param name          Kafka's name for it
 * @param value         the effective value; null when it has none
 * @param origin        whether somebody set it
 * @param usual         the value that it has when nobody does; null for none, or where that depends on others
 * @param documentation one sentence
 */
public record BrokerSetting(String name, Type type, String value, Origin origin, String usual, String documentation) {
    public BrokerSetting {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(origin, "origin");
    }

    /** Where a setting's value comes from. */
    public enum Origin {
        DEFAULT,
        EXPLICIT
    }
}
