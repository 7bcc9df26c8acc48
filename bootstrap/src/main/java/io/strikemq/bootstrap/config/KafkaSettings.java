package io.strikemq.bootstrap.config;

import io.strikemq.domain.topic.config.BrokerConfigRules;
import java.util.List;
import java.util.Optional;

/** What a Kafka {@code server.properties} may hold besides names of our settings and of defaults for topics. */
final class KafkaSettings {
    /** Prefixes of settings for things that a single broker without security does not have. */
    private static final List<String> WITHOUT_MEANING = List.of(
            "add.partitions.to.txn.",
            "allow.everyone.if.no.acl.found",
            "alter.config.policy",
            "alter.log.dirs",
            "authorizer.",
            "auto.include.jmx.reporter",
            "auto.leader.rebalance",
            "background.threads",
            "broker.heartbeat.",
            "broker.session.",
            "client.quota.",
            "config.providers",
            "confluent.",
            "connection.failed.authentication.",
            "connections.max.reauth.",
            "control.plane.",
            "controlled.shutdown.",
            "controller.performance.",
            "controller.quorum.",
            "controller.quota.",
            "controller.socket.",
            "cordoned.log.dirs",
            "create.topic.policy",
            "delegation.token.",
            "delete.records.purgatory.",
            "early.start.listeners",
            "errors.deadletterqueue.",
            "fetch.purgatory.",
            "follower.fetch.",
            "group.consumer.assignor.offload.",
            "group.coordinator.append.",
            "group.coordinator.background.",
            "group.coordinator.cached.",
            "group.coordinator.threads",
            "group.share.",
            "group.streams.",
            "host.name",
            "initial.broker.",
            "inter.broker.protocol.",
            "internal.metadata.",
            "kafka.metrics.",
            "leader.imbalance.",
            "listener.name.",
            "log.cleaner.threads",
            "log.dir.failure",
            "log.flush.",
            "log.initial.task",
            "log.message.downconversion",
            "log.message.format",
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
            "password.encoder.",
            "principal.builder",
            "process.roles",
            "producer.purgatory.",
            "queued.max.",
            "quorum.",
            "quota.",
            "remote.fetch.",
            "remote.list.",
            "remote.log.",
            "replica.",
            "replication.quota.",
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
            "super.users",
            "telemetry.",
            "transaction.partition.verification.",
            "transaction.state.log.load.",
            "transaction.state.log.min.isr",
            "transaction.state.log.replication.",
            "transaction.two.phase.",
            "unclean.leader.",
            "unstable.",
            "zookeeper.");

    private KafkaSettings() {}

    /** Whether Kafka knows a setting of this name that has no meaning here. */
    static boolean isWithoutMeaning(String name) {
        return WITHOUT_MEANING.stream().anyMatch(name::startsWith);
    }

    /**
     * Why a value cannot be served, for settings that would keep somebody out or change what is meant, and for what
     * Kafka refuses although its definition allows it. Empty when there is nothing wrong.
     */
    static Optional<String> refusal(String name, String text) {
        String value = text.strip();
        return switch (name) {
            case "authorizer.class.name" ->
                reason(!value.isEmpty(), "there are no ACLs yet, so anybody could do everything");
            case "security.inter.broker.protocol" ->
                reason(!value.equalsIgnoreCase("PLAINTEXT"), "only PLAINTEXT can be served");
            case "process.roles" ->
                reason(!value.contains("broker"), "this is a broker, and does without a controller");
            case "log.retention.hours", "log.retention.minutes" ->
                reason(value.equals("0"), "nothing would be kept; -1 is for ever");
            default -> BrokerConfigRules.refusal(name, value);
        };
    }

    private static Optional<String> reason(boolean isWrong, String reason) {
        return isWrong ? Optional.of(reason) : Optional.empty();
    }
}
