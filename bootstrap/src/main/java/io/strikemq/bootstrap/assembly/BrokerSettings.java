package io.strikemq.bootstrap.assembly;

import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.bootstrap.config.Setting;
import io.strikemq.bootstrap.config.Settings;
import io.strikemq.domain.settings.BrokerSetting;
import io.strikemq.domain.settings.BrokerSetting.Origin;
import io.strikemq.domain.topic.admin.ConfigEntry.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The broker's own settings as Kafka's tools ask for them: by Kafka's names, in Kafka's units. */
final class BrokerSettings {
    private BrokerSettings() {}

    static List<BrokerSetting> of(Configuration configuration) {
        List<BrokerSetting> settings = new ArrayList<>();
        for (Setting<?> setting : Settings.all()) {
            for (String name : setting.kafkaNames()) {
                Object value = configuration.get(setting);
                Origin origin = configuration.isSet(setting) ? Origin.EXPLICIT : Origin.DEFAULT;
                settings.add(new BrokerSetting(name, type(value), text(value), origin, setting.meaning()));
            }
        }
        return settings;
    }

    private static Type type(Object value) {
        if (value instanceof Boolean) {
            return Type.BOOLEAN;
        }
        if (value instanceof Integer) {
            return Type.INT;
        }
        return value instanceof Duration ? Type.LONG : Type.STRING;
    }

    private static String text(Object value) {
        return value instanceof Duration duration ? String.valueOf(duration.toMillis()) : SettingText.of(value);
    }
}
