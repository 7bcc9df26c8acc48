package io.strikemq.bootstrap.assembly;

import io.strikemq.adapter.kafka.listener.Advertised;
import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.bootstrap.config.Listener;
import io.strikemq.bootstrap.config.ListenerAddress;
import io.strikemq.bootstrap.config.Setting;
import io.strikemq.bootstrap.config.Settings;
import io.strikemq.domain.settings.BrokerSetting;
import io.strikemq.domain.settings.BrokerSetting.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The broker's own settings as Kafka's tools ask for them: by Kafka's names, in Kafka's units. */
final class BrokerSettings {
    private static final long MINUTE_MS = 60_000;

    private BrokerSettings() {}

    static List<BrokerSetting> of(Configuration configuration) {
        List<BrokerSetting> settings = new ArrayList<>();
        for (Setting<?> setting : Settings.all()) {
            boolean isSet = sources(setting).anyMatch(configuration::isSet);
            for (String name : setting.kafkaNames()) {
                settings.add(new BrokerSetting(
                        name,
                        setting.type().kafkaType(),
                        text(configuration, setting, name),
                        isSet ? Origin.EXPLICIT : Origin.DEFAULT,
                        usual(setting, name),
                        setting.meaning()));
            }
        }
        return settings;
    }

    /** All settings by which the value may have come about. */
    private static Stream<Setting<?>> sources(Setting<?> setting) {
        if (setting == Settings.LISTENERS) {
            return Stream.of(setting, Settings.BIND_ADDRESS, Settings.PORT);
        }
        return setting == Settings.ADVERTISED_LISTENERS
                ? Stream.of(setting, Settings.ADVERTISED_HOST, Settings.ADVERTISED_PORT)
                : Stream.of(setting);
    }

    private static String text(Configuration configuration, Setting<?> setting, String name) {
        if (setting == Settings.LISTENERS) {
            return joined(configuration.listeners().stream().map(Listener::bind));
        }
        if (setting == Settings.ADVERTISED_LISTENERS) {
            return joined(configuration.listeners().stream().map(BrokerSettings::advertised));
        }
        return configuration.get(setting) instanceof Duration duration
                ? time(duration, name)
                : SettingText.of(configuration, setting);
    }

    private static String time(Duration duration, String name) {
        return String.valueOf(Setting.isInMinutes(name) ? minutes(duration) : duration.toMillis());
    }

    /** Null for listeners: which there are usually depends on other settings; and for what stands for another one. */
    private static String usual(Setting<?> setting, String name) {
        if (setting == Settings.LISTENERS || setting == Settings.ADVERTISED_LISTENERS || name.equals("log.dirs")) {
            return null;
        }
        return setting.defaultValue() instanceof Duration duration ? time(duration, name) : SettingText.usual(setting);
    }

    /** In whole minutes, rounded up: what is kept for a moment is not kept for none. */
    private static long minutes(Duration duration) {
        return (duration.toMillis() + MINUTE_MS - 1) / MINUTE_MS;
    }

    /** What is advertised for sure; null for what depends on how the client came, and for what is not advertised. */
    private static String advertised(Listener listener) {
        Advertised advertised = listener.advertised();
        if (advertised instanceof Advertised.Nowhere) {
            return null;
        }
        if (advertised instanceof Advertised.Address address) {
            return address.host() == null
                    ? null
                    : new ListenerAddress(listener.bind().name(), address.host(), address.port()).toString();
        }
        throw new IllegalStateException("unexpected " + advertised);
    }

    private static String joined(Stream<?> parts) {
        Set<String> texts = parts.filter(Objects::nonNull)
                .map(String::valueOf)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return texts.isEmpty() ? null : String.join(",", texts);
    }
}
