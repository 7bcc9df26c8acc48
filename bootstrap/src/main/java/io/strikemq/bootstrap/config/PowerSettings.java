package io.strikemq.bootstrap.config;

import io.strikemq.domain.journal.JournalSize;
import java.util.List;

/** The settings of what a test may do to a broker. */
public final class PowerSettings {
    public static final Setting<Integer> JOURNAL_REQUESTS = new Setting<>(
            "journal_requests",
            List.of(),
            SettingType.integer(0, JournalSize.MOST),
            "0",
            "So many of the last requests are kept in the journal; 0 keeps none, and costs nothing");

    private PowerSettings() {}

    /** All of them, in the order in which users are shown them. */
    static List<Setting<?>> all() {
        return List.of(JOURNAL_REQUESTS);
    }
}
