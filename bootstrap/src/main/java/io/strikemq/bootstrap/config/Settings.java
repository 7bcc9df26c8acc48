package io.strikemq.bootstrap.config;

import io.strikemq.domain.feature.Feature;
import io.strikemq.domain.feature.MetadataVersion;
import io.strikemq.domain.topic.admin.ConfigEntry.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings table: drives parsing, {@code --help}, the docs and "did you mean". Names are the original's where it
 * had one; Kafka's names are aliases.
 */
public final class Settings {
    private static final int MAX_INT = Integer.MAX_VALUE;

    public static final Setting<List<String>> BIND_ADDRESS = new Setting<>(
            "bind_address",
            List.of(),
            SettingType.list(),
            "0.0.0.0",
            "Addresses to listen on; 0.0.0.0 means all of this machine's, IPv4 and IPv6");
    public static final Setting<Integer> PORT =
            new Setting<>("port", List.of(), SettingType.port(), "9092", "Port of the Kafka protocol");
    public static final Setting<Integer> HTTP_PORT =
            new Setting<>("http_port", List.of(), SettingType.port(), "8080", "Port of the REST API");
    public static final Setting<List<String>> HTTP_ALLOWED_HOSTS = new Setting<>(
            "http_allowed_hosts",
            List.of(),
            SettingType.optionalList(),
            "",
            "Further names by which the REST API may be called, such as a container's; * for any."
                    + " Addresses, localhost, this machine's name and advertised hosts always may");
    public static final Setting<List<String>> HTTP_ALLOWED_ORIGINS = new Setting<>(
            "http_allowed_origins",
            List.of(),
            SettingType.optionalList(),
            "",
            "Origins, such as http://localhost:3000, whose web pages may call the REST API; * for any");
    public static final Setting<Optional<String>> ADVERTISED_HOST = new Setting<>(
            "advertised_host",
            List.of("advertised.host.name"),
            SettingType.optionalText(),
            "",
            "Host that clients are told to connect to; unset: the address on which the client reached the broker");
    public static final Setting<Optional<Integer>> ADVERTISED_PORT = new Setting<>(
            "advertised_port",
            List.of("advertised.port"),
            SettingType.optionalPort(),
            "",
            "Port that clients are told to connect to; unset: the port on which the client reached the broker");
    public static final Setting<List<ListenerAddress>> LISTENERS = new Setting<>(
            "listeners",
            List.of("listeners"),
            SettingType.listeners(),
            "",
            "Where the Kafka protocol is served, as NAME://host:port,…; unset: PLAINTEXT on bind_address and port");
    public static final Setting<List<ListenerAddress>> ADVERTISED_LISTENERS = new Setting<>(
            "advertised_listeners",
            List.of("advertised.listeners"),
            SettingType.listeners(),
            "",
            "Where clients of each listener are told to connect to; unset: the address on which the client reached the broker");
    public static final Setting<Map<String, String>> LISTENER_SECURITY_PROTOCOLS = new Setting<>(
            "listener_security_protocol_map",
            List.of("listener.security.protocol.map"),
            SettingType.securityProtocols(),
            "PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL",
            "What each listener speaks, as NAME:PROTOCOL,…; only PLAINTEXT is served");
    public static final Setting<Optional<String>> INTER_BROKER_LISTENER = new Setting<>(
            "inter_broker_listener_name",
            List.of("inter.broker.listener.name"),
            SettingType.optionalText(),
            "",
            "Must be an advertised listener, as in Kafka; unset: PLAINTEXT. One broker connects to no other");
    public static final Setting<List<String>> CONTROLLER_LISTENERS = new Setting<>(
            "controller_listener_names",
            List.of("controller.listener.names"),
            SettingType.list(),
            "CONTROLLER",
            "Listeners of a controller quorum, which are named and not opened");
    public static final Setting<Integer> NUM_IO_THREADS = new Setting<>(
            "num_io_threads",
            List.of("num.network.threads", "num.io.threads"),
            SettingType.integer(0, 1024),
            "0",
            "Event loops for connections; 0 means one for each core");
    public static final Setting<Integer> MAX_CONNECTIONS = new Setting<>(
            "max_connections",
            List.of("max.connections"),
            SettingType.integer(1, MAX_INT),
            "10000",
            "Connections open at once; further ones wait until one closes");
    public static final Setting<Duration> CONNECTIONS_MAX_IDLE = new Setting<>(
            "connections_max_idle_ms",
            List.of("connections.max.idle.ms"),
            SettingType.time(Type.LONG, Long.MIN_VALUE, Long.MAX_VALUE),
            "10m",
            "A connection without any traffic for this long is closed");
    public static final Setting<Integer> SOCKET_REQUEST_MAX_BYTES = new Setting<>(
            "socket_request_max_bytes",
            List.of("socket.request.max.bytes"),
            SettingType.bytes(1, MAX_INT - 8),
            "100MB",
            "A connection that announces a larger request is closed");
    public static final Setting<Integer> MESSAGE_POOL_BLOCKS = new Setting<>(
            "message_pool_blocks",
            List.of(),
            SettingType.integer(1, MAX_INT),
            "1048576",
            "With message_pool_block_size: how much memory requests on their way in may take, all connections together");
    public static final Setting<Integer> MESSAGE_POOL_BLOCK_SIZE = new Setting<>(
            "message_pool_block_size",
            List.of(),
            SettingType.bytes(1, 1 << 30),
            "4KB",
            "See message_pool_blocks; never more than half of what the JVM allows is used, and nothing is taken ahead");

    public static final Setting<Integer> BROKER_ID = new Setting<>(
            "broker_id",
            List.of("broker.id", "node.id"),
            SettingType.integer(0, MAX_INT),
            "0",
            "The broker's id in the cluster's metadata");
    public static final Setting<Optional<String>> BROKER_RACK = new Setting<>(
            "broker_rack",
            List.of("broker.rack"),
            SettingType.optionalText(),
            "",
            "The rack that clients are told the broker stands in; unset: none");
    public static final Setting<MetadataVersion> RELEASE_VERSION = new Setting<>(
            "release_version",
            List.of(),
            SettingType.release(),
            "4.4",
            "The release of Kafka whose metadata.version and features a cluster begins with of which nobody has set any, as for"
                    + " kafka-storage format --release-version; kafka-features changes them later");
    public static final Setting<Map<Feature, Short>> FEATURES = new Setting<>(
            "features",
            List.of(),
            SettingType.features(),
            "",
            "Features of such a cluster that differ from its release, as NAME=LEVEL,…: metadata.version=30"
                    + " or transaction.version=1, as for kafka-storage format --feature");
    public static final Setting<String> STORAGE = new Setting<>(
            "storage",
            List.of(),
            SettingType.oneOf("mmap", "memory"),
            "mmap",
            "Where records live: mmap is files, memory is gone at the end");
    public static final Setting<Path> LOG_DIR = new Setting<>(
            "log_dir",
            List.of("log.dirs", "log.dir"),
            SettingType.directory(),
            "/tmp/strikemq/data",
            "Directory of the partition logs");
    public static final Setting<Integer> SEGMENT_SIZE = new Setting<>(
            "segment_size",
            List.of("log.segment.bytes"),
            SettingType.bytes(1 << 20, MAX_INT),
            "1GB",
            "Size at which a log begins its next segment file");
    public static final Setting<Duration> RETENTION = new Setting<>(
            "retention_ms",
            List.of("log.retention.ms"),
            SettingType.retention(),
            "7d",
            "How long records are kept in topics that say nothing else; -1 is for ever");
    public static final Setting<Duration> RETENTION_CHECK_INTERVAL = new Setting<>(
            "retention_check_interval_ms",
            List.of("log.retention.check.interval.ms"),
            SettingType.time(Type.LONG, 1, Long.MAX_VALUE),
            "5m",
            "How often records are looked for that are kept no longer");
    public static final Setting<Integer> REPLICATION_FACTOR = new Setting<>(
            "replication_factor",
            List.of("default.replication.factor"),
            SettingType.integer(1, 1),
            "1",
            "Replication factor of topics that do not ask for one; one broker holds one copy");
    public static final Setting<Integer> NUM_PARTITIONS = new Setting<>(
            "num_partitions",
            List.of("num.partitions"),
            SettingType.integer(1, 10_000),
            "1",
            "Partitions of topics that do not ask for a number");
    public static final Setting<Boolean> AUTO_CREATE_TOPICS = new Setting<>(
            "auto_create_topics",
            List.of("auto.create.topics.enable"),
            SettingType.bool(),
            "true",
            "Whether using a topic creates it");
    public static final Setting<Boolean> DELETE_TOPICS = new Setting<>(
            "delete_topics",
            List.of("delete.topic.enable"),
            SettingType.bool(),
            "true",
            "Whether topics may be deleted");
    public static final Setting<Integer> MAX_MESSAGE_BYTES = new Setting<>(
            "max_message_bytes",
            List.of("message.max.bytes"),
            SettingType.bytes(0, MAX_INT),
            "1048588",
            "Largest record batch accepted");
    public static final Setting<Integer> FETCH_MAX_BYTES = new Setting<>(
            "fetch_max_bytes",
            List.of("fetch.max.bytes"),
            SettingType.bytes(1024, MAX_INT),
            "55MB",
            "Largest answer to one fetch");
    public static final Setting<Integer> MAX_REQUEST_PARTITION_SIZE_LIMIT = new Setting<>(
            "max_request_partition_size_limit",
            List.of("max.request.partition.size.limit"),
            SettingType.integer(1, MAX_INT),
            "2000",
            "Partitions told of in one answer to DescribeTopicPartitions");
    public static final Setting<Integer> FETCH_SESSION_SLOTS = new Setting<>(
            "fetch_session_cache_slots",
            List.of("max.incremental.fetch.session.cache.slots"),
            SettingType.integer(0, MAX_INT),
            "1000",
            "Incremental fetch sessions kept at once");
    public static final Setting<Duration> PRODUCER_ID_EXPIRATION = new Setting<>(
            "producer_id_expiration_ms",
            List.of("producer.id.expiration.ms"),
            SettingType.time(Type.INT, 1, MAX_INT),
            "1d",
            "An idempotent producer that was silent for this long is forgotten");
    public static final Setting<Duration> PRODUCER_ID_EXPIRATION_CHECK = new Setting<>(
            "producer_id_expiration_check_interval_ms",
            List.of("producer.id.expiration.check.interval.ms"),
            SettingType.time(Type.INT, 1, MAX_INT),
            "10m",
            "How often a partition looks for producers to forget, at most; only when it is used");

    public static final Setting<Integer> OFFSETS_PARTITIONS = new Setting<>(
            "offsets_topic_num_partitions",
            List.of("offsets.topic.num.partitions"),
            SettingType.integer(1, 10_000),
            "50",
            "Partitions of __consumer_offsets");
    public static final Setting<Integer> OFFSETS_SEGMENT_BYTES = new Setting<>(
            "offsets_topic_segment_bytes",
            List.of("offsets.topic.segment.bytes"),
            SettingType.bytes(1 << 20, MAX_INT),
            "100MB",
            "Size at which a segment of __consumer_offsets ends, before which nothing of it is compacted");
    public static final Setting<Duration> OFFSETS_RETENTION = new Setting<>(
            "offsets_retention_ms",
            List.of("offsets.retention.minutes"),
            SettingType.time(Type.INT, 1, MAX_INT * Duration.ofMinutes(1).toMillis()),
            "7d",
            "How long the offsets of an empty group are kept");
    public static final Setting<Integer> OFFSET_METADATA_MAX_BYTES = new Setting<>(
            "offset_metadata_max_bytes",
            List.of("offset.metadata.max.bytes"),
            SettingType.bytes(Integer.MIN_VALUE, MAX_INT),
            "4096",
            "Longest note that a member may commit with an offset");
    public static final Setting<Duration> GROUP_INITIAL_REBALANCE_DELAY = new Setting<>(
            "group_initial_rebalance_delay_ms",
            List.of("group.initial.rebalance.delay.ms"),
            SettingType.time(Type.INT, Integer.MIN_VALUE, MAX_INT),
            "0",
            "How long a new group waits for more members (Kafka's default is 3s)");
    public static final Setting<Duration> GROUP_MIN_SESSION_TIMEOUT = new Setting<>(
            "group_min_session_timeout_ms",
            List.of("group.min.session.timeout.ms"),
            SettingType.time(Type.INT, Integer.MIN_VALUE, MAX_INT),
            "6s",
            "Shortest session timeout that a member may ask for");
    public static final Setting<Duration> GROUP_MAX_SESSION_TIMEOUT = new Setting<>(
            "group_max_session_timeout_ms",
            List.of("group.max.session.timeout.ms"),
            SettingType.time(Type.INT, Integer.MIN_VALUE, MAX_INT),
            "30m",
            "Longest session timeout that a member may ask for");
    public static final Setting<Integer> GROUP_MAX_SIZE = new Setting<>(
            "group_max_size",
            List.of("group.max.size"),
            SettingType.integer(1, MAX_INT),
            "2147483647",
            "Members that a group may have");

    public static final Setting<Integer> TRANSACTION_PARTITIONS = new Setting<>(
            "transaction_state_log_num_partitions",
            List.of("transaction.state.log.num.partitions"),
            SettingType.integer(1, 10_000),
            "50",
            "Partitions of __transaction_state");
    public static final Setting<Integer> TRANSACTION_SEGMENT_BYTES = new Setting<>(
            "transaction_state_log_segment_bytes",
            List.of("transaction.state.log.segment.bytes"),
            SettingType.bytes(1 << 20, MAX_INT),
            "100MB",
            "Size at which a segment of __transaction_state ends, before which nothing of it is compacted");
    public static final Setting<Duration> TRANSACTION_MAX_TIMEOUT = new Setting<>(
            "transaction_max_timeout_ms",
            List.of("transaction.max.timeout.ms"),
            SettingType.time(Type.INT, 1, MAX_INT),
            "15m",
            "Longest time that a producer may ask for its transactions");
    public static final Setting<Duration> TRANSACTIONAL_ID_EXPIRATION = new Setting<>(
            "transactional_id_expiration_ms",
            List.of("transactional.id.expiration.ms"),
            SettingType.time(Type.INT, 1, MAX_INT),
            "7d",
            "A transactional id that nobody used for this long is forgotten");
    public static final Setting<Duration> TRANSACTION_ABORT_INTERVAL = new Setting<>(
            "transaction_abort_timed_out_transaction_cleanup_interval_ms",
            List.of("transaction.abort.timed.out.transaction.cleanup.interval.ms"),
            SettingType.time(Type.INT, 1, MAX_INT),
            "10s",
            "How often transactions that have lasted too long are looked for, and aborted");
    public static final Setting<Duration> TRANSACTION_REMOVE_INTERVAL = new Setting<>(
            "transaction_remove_expired_transaction_cleanup_interval_ms",
            List.of("transaction.remove.expired.transaction.cleanup.interval.ms"),
            SettingType.time(Type.INT, 1, MAX_INT),
            "1h",
            "How often transactional ids that nobody uses are looked for");

    public static final Setting<String> LOG_LEVEL = new Setting<>(
            "log_level",
            List.of(),
            SettingType.oneOf("error", "warn", "info", "debug", "trace"),
            "info",
            "What is logged, on stderr");

    private static final List<Setting<?>> OWN = List.of(
            BIND_ADDRESS,
            PORT,
            HTTP_PORT,
            HTTP_ALLOWED_HOSTS,
            HTTP_ALLOWED_ORIGINS,
            ADVERTISED_HOST,
            ADVERTISED_PORT,
            LISTENERS,
            ADVERTISED_LISTENERS,
            LISTENER_SECURITY_PROTOCOLS,
            INTER_BROKER_LISTENER,
            CONTROLLER_LISTENERS,
            NUM_IO_THREADS,
            MAX_CONNECTIONS,
            CONNECTIONS_MAX_IDLE,
            SOCKET_REQUEST_MAX_BYTES,
            MESSAGE_POOL_BLOCKS,
            MESSAGE_POOL_BLOCK_SIZE,
            BROKER_ID,
            BROKER_RACK,
            RELEASE_VERSION,
            FEATURES,
            STORAGE,
            LOG_DIR,
            SEGMENT_SIZE,
            RETENTION,
            RETENTION_CHECK_INTERVAL,
            REPLICATION_FACTOR,
            NUM_PARTITIONS,
            AUTO_CREATE_TOPICS,
            DELETE_TOPICS,
            MAX_MESSAGE_BYTES,
            FETCH_MAX_BYTES,
            MAX_REQUEST_PARTITION_SIZE_LIMIT,
            FETCH_SESSION_SLOTS,
            PRODUCER_ID_EXPIRATION,
            PRODUCER_ID_EXPIRATION_CHECK,
            OFFSETS_PARTITIONS,
            OFFSETS_SEGMENT_BYTES,
            OFFSETS_RETENTION,
            OFFSET_METADATA_MAX_BYTES,
            GROUP_INITIAL_REBALANCE_DELAY,
            GROUP_MIN_SESSION_TIMEOUT,
            GROUP_MAX_SESSION_TIMEOUT,
            GROUP_MAX_SIZE,
            TRANSACTION_PARTITIONS,
            TRANSACTION_SEGMENT_BYTES,
            TRANSACTION_MAX_TIMEOUT,
            TRANSACTIONAL_ID_EXPIRATION,
            TRANSACTION_ABORT_INTERVAL,
            TRANSACTION_REMOVE_INTERVAL,
            LOG_LEVEL);

    private static final List<Setting<?>> ALL = all(OWN.indexOf(GROUP_MAX_SIZE) + 1);

    private Settings() {}

    private static List<Setting<?>> all(int whereGroupsEnd) {
        List<Setting<?>> all = new ArrayList<>(OWN);
        all.addAll(whereGroupsEnd, ConsumerGroupSettingsTable.all());
        all.addAll(PowerSettings.all());
        return List.copyOf(all);
    }

    /** All settings, in the order in which users are shown them. */
    public static List<Setting<?>> all() {
        return ALL;
    }
}
