package io.strikemq.domain.topic.config;

import static io.strikemq.domain.topic.admin.ConfigEntry.Type.BOOLEAN;
import static io.strikemq.domain.topic.admin.ConfigEntry.Type.DOUBLE;
import static io.strikemq.domain.topic.admin.ConfigEntry.Type.INT;
import static io.strikemq.domain.topic.admin.ConfigEntry.Type.LIST;
import static io.strikemq.domain.topic.admin.ConfigEntry.Type.LONG;
import static io.strikemq.domain.topic.admin.ConfigEntry.Type.STRING;
import static io.strikemq.domain.topic.config.ConfigRule.any;
import static io.strikemq.domain.topic.config.ConfigRule.atLeast;
import static io.strikemq.domain.topic.config.ConfigRule.between;
import static io.strikemq.domain.topic.config.ConfigRule.betweenOrExactly;
import static io.strikemq.domain.topic.config.ConfigRule.listOf;
import static io.strikemq.domain.topic.config.ConfigRule.oneOf;
import static io.strikemq.domain.topic.config.ConfigRule.replicaList;

import io.strikemq.domain.topic.admin.ConfigEntry.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All configs that topics have in Kafka 4.4: the one place that names them. A test compares it with Kafka's own. */
public final class TopicConfigTable {
    private static final String MAX_LONG = "9223372036854775807";
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    /** All of them, by name. */
    public static final List<ConfigKey> ALL = List.of(
            key(
                    "cleanup.policy",
                    LIST,
                    "delete",
                    listOf("compact", "delete"),
                    "log.cleanup.policy",
                    "What happens to old records: 'delete' drops whole segments by age or size, 'compact' keeps the"
                            + " newest record of each key; both can be combined."),
            key(
                    "compression.gzip.level",
                    INT,
                    "-1",
                    betweenOrExactly(1, 9, -1),
                    "compression.gzip.level",
                    "How hard gzip tries where the broker compresses; -1 leaves it to the codec."),
            key(
                    "compression.lz4.level",
                    INT,
                    "9",
                    between(1, 17),
                    "compression.lz4.level",
                    "How hard lz4 tries where the broker compresses."),
            key(
                    "compression.type",
                    STRING,
                    "producer",
                    oneOf("uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"),
                    "compression.type",
                    "How batches are stored: by this codec, or as the producer sent them."),
            key(
                    "compression.zstd.level",
                    INT,
                    "3",
                    between(-131072, 22),
                    "compression.zstd.level",
                    "How hard zstd tries where the broker compresses."),
            key(
                    "delete.retention.ms",
                    LONG,
                    "86400000",
                    atLeast(0),
                    "log.cleaner.delete.retention.ms",
                    "How long a compacted topic keeps the marker of a deleted key."),
            key(
                    "errors.deadletterqueue.group.enable",
                    BOOLEAN,
                    "false",
                    any(),
                    List.of(),
                    "Whether share groups may use this topic as their dead letter queue."),
            key(
                    "file.delete.delay.ms",
                    LONG,
                    "60000",
                    atLeast(0),
                    "log.segment.delete.delay.ms",
                    "How long the file of a dropped segment stays on disk."),
            key(
                    "flush.messages",
                    LONG,
                    MAX_LONG,
                    atLeast(1),
                    "log.flush.interval.messages",
                    "After how many records the log is forced to disk."),
            key(
                    "flush.ms",
                    LONG,
                    MAX_LONG,
                    atLeast(0),
                    List.of(
                            new BrokerSynonym("log.flush.interval.ms", LONG, null, 1),
                            new BrokerSynonym("log.flush.scheduler.interval.ms", LONG, MAX_LONG, 1)),
                    "After how much time the log is forced to disk."),
            key(
                    "follower.replication.throttled.replicas",
                    LIST,
                    "",
                    replicaList(),
                    List.of(),
                    "Which replicas, as partition:broker or '*' for all, replicate no faster than the follower's"
                            + " limit."),
            key(
                    "index.interval.bytes",
                    INT,
                    "4096",
                    atLeast(0),
                    "log.index.interval.bytes",
                    "How many bytes of the log lie between two entries of its offset index."),
            key(
                    "internal.segment.bytes",
                    INT,
                    null,
                    any(),
                    List.of(),
                    "A segment size that may be smaller than segment.bytes allows; for tests."),
            key(
                    "leader.replication.throttled.replicas",
                    LIST,
                    "",
                    replicaList(),
                    List.of(),
                    "Which replicas, as partition:broker or '*' for all, are served no faster than the leader's"
                            + " limit."),
            key(
                    "local.retention.bytes",
                    LONG,
                    "-2",
                    atLeast(-2),
                    "log.local.retention.bytes",
                    "With tiered storage, how many bytes of a partition stay on local disk; -2 follows"
                            + " retention.bytes."),
            key(
                    "local.retention.ms",
                    LONG,
                    "-2",
                    atLeast(-2),
                    "log.local.retention.ms",
                    "With tiered storage, how long segments stay on local disk; -2 follows retention.ms."),
            key(
                    "max.compaction.lag.ms",
                    LONG,
                    MAX_LONG,
                    atLeast(1),
                    "log.cleaner.max.compaction.lag.ms",
                    "After how much time a record is compacted at the latest."),
            key(
                    "max.decompressed.message.bytes",
                    INT,
                    "2147483639",
                    between(1, 2147483639),
                    "max.decompressed.message.bytes",
                    "The largest size that a compressed batch may grow to when the broker unpacks it."),
            key(
                    "max.message.bytes",
                    INT,
                    "1048588",
                    atLeast(0),
                    "message.max.bytes",
                    "The largest batch of records that is accepted, as compressed."),
            key(
                    "message.timestamp.after.max.ms",
                    LONG,
                    "3600000",
                    atLeast(0),
                    "log.message.timestamp.after.max.ms",
                    "How far in the future a producer's timestamp may lie."),
            key(
                    "message.timestamp.before.max.ms",
                    LONG,
                    MAX_LONG,
                    atLeast(0),
                    "log.message.timestamp.before.max.ms",
                    "How far in the past a producer's timestamp may lie."),
            key(
                    "message.timestamp.type",
                    STRING,
                    "CreateTime",
                    oneOf("CreateTime", "LogAppendTime"),
                    "log.message.timestamp.type",
                    "Whose clock stamps the records: the producer's or the broker's."),
            key(
                    "min.cleanable.dirty.ratio",
                    DOUBLE,
                    "0.5",
                    between(0, 1),
                    "log.cleaner.min.cleanable.ratio",
                    "Which share of a log must be uncompacted before it is compacted."),
            key(
                    "min.compaction.lag.ms",
                    LONG,
                    "0",
                    atLeast(0),
                    "log.cleaner.min.compaction.lag.ms",
                    "How long a record is safe from compaction."),
            key(
                    "min.insync.replicas",
                    INT,
                    "1",
                    atLeast(1),
                    "min.insync.replicas",
                    "How many replicas must have a record before a producer that asked for all of them is answered."),
            key(
                    "preallocate",
                    BOOLEAN,
                    "false",
                    any(),
                    "log.preallocate",
                    "Whether a new segment's file takes its whole size on disk at once."),
            key(
                    "remote.copy.lag.bytes",
                    LONG,
                    "-1",
                    atLeast(-1),
                    "log.remote.copy.lag.bytes",
                    "With tiered storage, how many bytes may be waiting to be copied."),
            key(
                    "remote.copy.lag.ms",
                    LONG,
                    "0",
                    atLeast(-1),
                    "log.remote.copy.lag.ms",
                    "With tiered storage, how long a closed segment may wait to be copied."),
            key(
                    "remote.log.copy.disable",
                    BOOLEAN,
                    "false",
                    any(),
                    List.of(),
                    "Whether a topic with tiered storage stops copying and becomes read-only there."),
            key(
                    "remote.log.delete.on.disable",
                    BOOLEAN,
                    "false",
                    any(),
                    List.of(),
                    "Whether turning tiered storage off deletes what it holds."),
            key(
                    "remote.storage.enable",
                    BOOLEAN,
                    "false",
                    any(),
                    List.of(),
                    "Whether the topic uses tiered storage, which this broker does not have."),
            key(
                    "retention.bytes",
                    LONG,
                    "-1",
                    any(),
                    "log.retention.bytes",
                    "How large a partition may grow before its oldest segments are dropped; -1 for no limit."),
            key(
                    "retention.ms",
                    LONG,
                    "604800000",
                    atLeast(-1),
                    List.of(
                            new BrokerSynonym("log.retention.ms", LONG, null, 1),
                            new BrokerSynonym("log.retention.minutes", INT, null, MINUTE),
                            new BrokerSynonym("log.retention.hours", INT, "168", HOUR)),
                    "How old records may become before their segment is dropped; -1 for no limit."),
            key(
                    "segment.bytes",
                    INT,
                    "1073741824",
                    atLeast(1048576),
                    "log.segment.bytes",
                    "The size at which a segment is closed and the next one begun."),
            key(
                    "segment.index.bytes",
                    INT,
                    "10485760",
                    atLeast(4),
                    "log.index.size.max.bytes",
                    "The largest size of a segment's offset index."),
            key(
                    "segment.jitter.ms",
                    LONG,
                    "0",
                    atLeast(0),
                    List.of(
                            new BrokerSynonym("log.roll.jitter.ms", LONG, null, 1),
                            new BrokerSynonym("log.roll.jitter.hours", INT, "0", HOUR)),
                    "Up to how much earlier, by chance, a segment is closed than segment.ms says."),
            key(
                    "segment.ms",
                    LONG,
                    "604800000",
                    atLeast(1),
                    List.of(
                            new BrokerSynonym("log.roll.ms", LONG, null, 1),
                            new BrokerSynonym("log.roll.hours", INT, "168", HOUR)),
                    "After how much time a segment is closed even when it is not full."),
            key(
                    "unclean.leader.election.enable",
                    BOOLEAN,
                    "false",
                    any(),
                    "unclean.leader.election.enable",
                    "Whether a replica that lags behind may become leader, at the price of lost records."));

    private static final Map<String, ConfigKey> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(ConfigKey::name, Function.identity()));

    private TopicConfigTable() {}

    /** The config of this name, if topics have one. */
    public static Optional<ConfigKey> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    private static ConfigKey key(
            String name, Type type, String defaultValue, ConfigRule rule, String synonym, String documentation) {
        return key(
                name,
                type,
                defaultValue,
                rule,
                List.of(new BrokerSynonym(synonym, type, defaultValue, 1)),
                documentation);
    }

    private static ConfigKey key(
            String name, Type type, String defaultValue, ConfigRule rule, List<BrokerSynonym> synonyms, String doc) {
        return new ConfigKey(name, type, defaultValue, rule, synonyms, doc);
    }
}
