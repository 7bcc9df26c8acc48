package io.strikemq.bootstrap.config;

import io.strikemq.domain.group.consumer.assignor.Assignors;
import io.strikemq.domain.settings.ConsumerGroupSettings.MigrationPolicy;
import io.strikemq.domain.topic.admin.ConfigEntry.Type;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The part of the {@linkplain Settings settings table} that is about groups of the consumer protocol (KIP-848). */
public final class ConsumerGroupSettingsTable {
    private static final int MAX_INT = Integer.MAX_VALUE;

    public static final Setting<List<String>> REBALANCE_PROTOCOLS = new Setting<>(
            "group_coordinator_rebalance_protocols",
            List.of("group.coordinator.rebalance.protocols"),
            protocols(),
            "classic,consumer,streams",
            "Which kinds of groups are served, where group.version allows them");
    public static final Setting<Duration> SESSION_TIMEOUT =
            time("session.timeout", 1, "45s", "How long a member of the consumer protocol may be silent");
    public static final Setting<Duration> MIN_SESSION_TIMEOUT =
            time("min.session.timeout", 1, "45s", "Shortest such time that a group's own config may say");
    public static final Setting<Duration> MAX_SESSION_TIMEOUT =
            time("max.session.timeout", 1, "60s", "Longest such time that a group's own config may say");
    public static final Setting<Duration> HEARTBEAT_INTERVAL =
            time("heartbeat.interval", 1, "5s", "How often members of the consumer protocol are to say that they live");
    public static final Setting<Duration> MIN_HEARTBEAT_INTERVAL =
            time("min.heartbeat.interval", 1, "5s", "Shortest such time that a group's own config may say");
    public static final Setting<Duration> MAX_HEARTBEAT_INTERVAL =
            time("max.heartbeat.interval", 1, "15s", "Longest such time that a group's own config may say");
    public static final Setting<Duration> ASSIGNMENT_INTERVAL =
            time("assignment.interval", 0, "1s", "How long after an assignment the next one is, at least");
    public static final Setting<Duration> MIN_ASSIGNMENT_INTERVAL =
            time("min.assignment.interval", 0, "0", "Shortest such time that a group's own config may say");
    public static final Setting<Duration> MAX_ASSIGNMENT_INTERVAL =
            time("max.assignment.interval", 0, "15s", "Longest such time that a group's own config may say");
    public static final Setting<Duration> REGEX_REFRESH_INTERVAL = time(
            "regex.refresh.interval",
            10_000,
            "10m",
            "How often it is looked again which topics a regular expression means");
    public static final Setting<Integer> MAX_SIZE = new Setting<>(
            "group_consumer_max_size",
            List.of("group.consumer.max.size"),
            SettingType.integer(1, MAX_INT),
            "2147483647",
            "Members that a group of the consumer protocol may have");
    public static final Setting<List<String>> ASSIGNORS = new Setting<>(
            "group_consumer_assignors",
            List.of("group.consumer.assignors"),
            assignors(),
            "uniform,range",
            "The server's assignors, the usual one first");
    public static final Setting<MigrationPolicy> MIGRATION_POLICY = new Setting<>(
            "group_consumer_migration_policy",
            List.of("group.consumer.migration.policy"),
            migrationPolicy(),
            "bidirectional",
            "Which groups change their protocol while they have members");

    private ConsumerGroupSettingsTable() {}

    private static Setting<Duration> time(String what, long leastMs, String usual, String help) {
        return new Setting<>(
                "group_consumer_" + what.replace('.', '_') + "_ms",
                List.of("group.consumer." + what + ".ms"),
                SettingType.time(Type.INT, leastMs, MAX_INT),
                usual,
                help);
    }

    /** As in Kafka, the classic protocol cannot be switched off. */
    private static SettingType<List<String>> protocols() {
        Set<String> known = Set.of("classic", "consumer", "share", "streams");
        return new SettingType<>(
                Type.LIST, "classic, and some of consumer, share, streams, separated by commas", text -> {
                    List<String> names = SettingType.list().parser().apply(text);
                    if (!names.contains("classic") || !known.containsAll(names)) {
                        throw new IllegalArgumentException(text);
                    }
                    return names;
                });
    }

    /** Kafka's classes of its two assignors are as good as their names. */
    private static SettingType<List<String>> assignors() {
        return new SettingType<>(
                Type.LIST,
                "some of " + String.join(", ", Assignors.names()) + ", separated by commas",
                text -> SettingType.list().parser().apply(text).stream()
                        .map(ConsumerGroupSettingsTable::assignor)
                        .distinct()
                        .toList());
    }

    private static String assignor(String said) {
        String name = said.replaceFirst(
                        "^org\\.apache\\.kafka\\.coordinator\\.group\\.assignor\\.(\\w+)Assignor$", "$1")
                .toLowerCase(Locale.ROOT);
        return Assignors.named(List.of(name)).get(0).name();
    }

    private static SettingType<MigrationPolicy> migrationPolicy() {
        return new SettingType<>(
                Type.STRING,
                "one of bidirectional, upgrade, downgrade, disabled",
                text -> MigrationPolicy.valueOf(text.toUpperCase(Locale.ROOT)));
    }

    /** All of them, in the order in which users are shown them. */
    static List<Setting<?>> all() {
        return List.of(
                REBALANCE_PROTOCOLS,
                SESSION_TIMEOUT,
                MIN_SESSION_TIMEOUT,
                MAX_SESSION_TIMEOUT,
                HEARTBEAT_INTERVAL,
                MIN_HEARTBEAT_INTERVAL,
                MAX_HEARTBEAT_INTERVAL,
                ASSIGNMENT_INTERVAL,
                MIN_ASSIGNMENT_INTERVAL,
                MAX_ASSIGNMENT_INTERVAL,
                REGEX_REFRESH_INTERVAL,
                MAX_SIZE,
                ASSIGNORS,
                MIGRATION_POLICY);
    }
}
