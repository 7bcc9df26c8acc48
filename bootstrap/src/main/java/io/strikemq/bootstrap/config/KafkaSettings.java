package io.strikemq.bootstrap.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Kafka {@code server.properties} may hold besides names that are plain aliases of our settings. */
final class KafkaSettings {
    private static final Pattern LISTENER =
            Pattern.compile("(?<name>[A-Za-z0-9_]+)://\\[?(?<host>[^\\]]*?)]?:(?<port>\\d+)");

    /** Prefixes of settings for things that a single broker without security does not have. */
    private static final List<String> WITHOUT_MEANING = List.of(
            "alter.config.policy",
            "alter.log.dirs",
            "authorizer.",
            "auto.include.jmx.reporter",
            "auto.leader.rebalance",
            "background.threads",
            "broker.heartbeat.",
            "broker.rack",
            "broker.session.",
            "client.quota.",
            "compression.gzip.level",
            "compression.lz4.level",
            "compression.zstd.level",
            "confluent.",
            "connection.failed.authentication.",
            "connections.max.reauth.",
            "control.plane.",
            "controlled.shutdown.",
            "controller.",
            "create.topic.policy",
            "delegation.token.",
            "early.start.listeners",
            "fetch.purgatory.",
            "group.consumer.",
            "group.coordinator.",
            "group.share.",
            "group.streams.",
            "inter.broker.",
            "initial.broker.",
            "kafka.metrics.",
            "leader.imbalance.",
            "listener.security.",
            "log.cleaner.",
            "log.flush.",
            "log.dir.failure",
            "log.initial.task",
            "log.message.downconversion",
            "log.message.format",
            "log.retention.check.",
            "max.connection.creation",
            "max.connections.per.",
            "metadata.",
            "metric.",
            "metrics.",
            "num.recovery.",
            "num.replica.",
            "offsets.commit.",
            "offsets.load.",
            "offsets.retention.check.",
            "offsets.topic.compression",
            "offsets.topic.replication",
            "offsets.topic.segment",
            "password.encoder.",
            "principal.builder",
            "process.roles",
            "producer.purgatory.",
            "queued.max.",
            "quota.",
            "quorum.",
            "remote.log.",
            "replica.",
            "request.timeout.ms",
            "reserved.broker.",
            "sasl.",
            "security.",
            "server.max.startup",
            "share.",
            "socket.connection.setup",
            "socket.listen.backlog",
            "socket.receive.",
            "socket.send.",
            "ssl.",
            "telemetry.",
            "transaction.",
            "transactional.id.",
            "unclean.leader.",
            "unstable.",
            "zookeeper.");

    private KafkaSettings() {}

    /** Whether Kafka knows a setting of this name that has no meaning here. */
    static boolean isWithoutMeaning(String name) {
        return WITHOUT_MEANING.stream().anyMatch(name::startsWith);
    }

    /**
     * Rewrites the settings that Kafka packs differently: {@code listeners}, {@code advertised.listeners} and
     * {@code offsets.retention.minutes}; all others stay as they are.
     */
    static Map<String, String> unpacked(Map<String, String> given, String origin, List<String> problems) {
        Map<String, String> values = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            switch (name) {
                case "listeners" -> listener(name, value, origin, problems, "bind_address", "port", values);
                case "advertised.listeners" ->
                    listener(name, value, origin, problems, "advertised_host", "advertised_port", values);
                case "offsets.retention.minutes" ->
                    values.put(Settings.OFFSETS_RETENTION.name(), value.strip() + "min");
                default -> values.put(name, value);
            }
        });
        return values;
    }

    /** The first listener for clients; that of a controller is passed over. */
    private static void listener(
            String name,
            String value,
            String origin,
            List<String> problems,
            String hostName,
            String portName,
            Map<String, String> values) {
        for (String listener : value.split(",")) {
            Matcher matcher = LISTENER.matcher(listener.strip());
            if (!matcher.matches()) {
                problems.add("Setting '" + name + "' (" + origin + ") is '" + value
                        + "' but must be like PLAINTEXT://host:9092.");
                return;
            }
            if (!matcher.group("name").equalsIgnoreCase("CONTROLLER")) {
                String host = matcher.group("host");
                values.put(hostName, host.isEmpty() && hostName.equals("bind_address") ? "0.0.0.0" : host);
                values.put(portName, matcher.group("port"));
                return;
            }
        }
    }
}
