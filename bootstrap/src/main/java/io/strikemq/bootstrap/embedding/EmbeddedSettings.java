package io.strikemq.bootstrap.embedding;

import io.strikemq.bootstrap.TopicDefaultNames;
import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.bootstrap.config.ConfigurationLoader;
import io.strikemq.bootstrap.config.PowerSettings;
import io.strikemq.bootstrap.config.Setting;
import io.strikemq.bootstrap.config.Settings;
import java.util.HashMap;
import java.util.Map;

/** What an embedded broker is like where its user has said nothing. */
final class EmbeddedSettings {
    /** A test's clients do not need one for each core; each takes a thread and three descriptors. */
    private static final String IO_THREADS = "2";

    /** Enough for what a test does, and some megabytes at the most. */
    private static final String REQUESTS = "10000";

    private EmbeddedSettings() {}

    /**
     * The configuration; the environment has no say in it.
     *
     * @throws io.strikemq.bootstrap.config.ConfigurationException with all that is wrong
     */
    static Configuration load(Map<String, String> given) {
        Map<String, String> settings = new HashMap<>(given);
        if (isSilentAbout(Settings.LISTENERS, given)) {
            putUnlessSet(settings, Settings.BIND_ADDRESS, "127.0.0.1");
            putUnlessSet(settings, Settings.PORT, "0");
        }
        putUnlessSet(settings, Settings.HTTP_PORT, "0");
        putUnlessSet(settings, Settings.NUM_IO_THREADS, IO_THREADS);
        putUnlessSet(settings, PowerSettings.JOURNAL_REQUESTS, REQUESTS);
        if (isSilentAbout(Settings.LOG_DIR, given)) {
            putUnlessSet(settings, Settings.STORAGE, "memory");
        }
        return new ConfigurationLoader(TopicDefaultNames.all()).load(settings);
    }

    private static void putUnlessSet(Map<String, String> settings, Setting<?> setting, String text) {
        if (isSilentAbout(setting, settings)) {
            settings.put(setting.name(), text);
        }
    }

    private static boolean isSilentAbout(Setting<?> setting, Map<String, String> settings) {
        return setting.names().stream().noneMatch(settings::containsKey);
    }
}
