package io.strikemq.bootstrap.config;

import java.util.List;
import java.util.Map;

/**
 * What the user wants: a value for every setting of {@link Settings}, and where it comes from. Immutable.
 *
 * <p>Only this package and the assembly see it; a component gets a small record of its own.
 */
public final class Configuration {
    private final GivenSettings given;
    private final List<Listener> listeners;
    private final Map<String, String> topicDefaults;
    private final Map<String, String> withoutMeaning;
    private final List<String> notices;

    Configuration(
            GivenSettings given,
            List<Listener> listeners,
            Map<String, String> topicDefaults,
            Map<String, String> withoutMeaning,
            List<String> notices) {
        this.given = given;
        this.listeners = List.copyOf(listeners);
        this.topicDefaults = Map.copyOf(topicDefaults);
        this.withoutMeaning = Map.copyOf(withoutMeaning);
        this.notices = List.copyOf(notices);
    }

    /** The value of a setting. */
    public <T> T get(Setting<T> setting) {
        return given.get(setting);
    }

    /** The value's text, as the user or the table wrote it. */
    public String textOf(Setting<?> setting) {
        return given.textOf(setting);
    }

    /** Whether the user said something about it. */
    public boolean isSet(Setting<?> setting) {
        return given.isSet(setting);
    }

    /** The listeners to open, at least one: what all settings about them come to. */
    public List<Listener> listeners() {
        return listeners;
    }

    /** Where the REST API listens: with the Kafka protocol, so that who restricts the one restricts the other. */
    public String httpAddress() {
        return isSet(Settings.BIND_ADDRESS)
                ? get(Settings.BIND_ADDRESS).get(0)
                : listeners.get(0).bind().host();
    }

    /** Defaults for topics that the user set, by Kafka's broker config names ({@code log.retention.bytes} …). */
    public Map<String, String> topicDefaults() {
        return topicDefaults;
    }

    /** Settings of Kafka that were given and mean nothing here: they are shown to who asks for them. */
    public Map<String, String> withoutMeaning() {
        return withoutMeaning;
    }

    /** What the user has to know about what was given and is not used, one sentence each. */
    public List<String> notices() {
        return notices;
    }
}
