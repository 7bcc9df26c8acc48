package io.strikemq.adapter.compression;

import io.strikemq.domain.compaction.CompactionSettings;
import io.strikemq.domain.log.LogLife;
import io.strikemq.domain.record.Compression;
import io.strikemq.domain.record.CompressionType;
import io.strikemq.domain.record.TimestampType;
import io.strikemq.domain.topic.TopicSettings;
import java.util.Optional;
import java.util.Set;

/** Topic settings that begin with Kafka's defaults. */
final class Topics {
    private int maxMessageBytes = 1_048_588;
    private TimestampType timestampType = TimestampType.CREATE_TIME;
    private long beforeMaxMs = Long.MAX_VALUE;
    private long afterMaxMs = 3_600_000;
    private Optional<Compression> compression = Optional.empty();
    private String cleanupPolicy = "delete";
    private int segmentBytes = 1 << 30;

    private Topics() {}

    static Topics create() {
        return new Topics();
    }

    Topics maxMessageBytes(int bytes) {
        maxMessageBytes = bytes;
        return this;
    }

    Topics logAppendTime() {
        timestampType = TimestampType.LOG_APPEND_TIME;
        return this;
    }

    Topics timestampsWithin(long before, long after) {
        beforeMaxMs = before;
        afterMaxMs = after;
        return this;
    }

    /** A value of {@code compression.type}, with the default level of a codec. */
    Topics compression(String configValue) {
        return switch (configValue) {
            case "producer" -> this;
            case "uncompressed" -> compression(Compression.NONE);
            default ->
                compression(Compression.of(CompressionType.forName(configValue).orElseThrow()));
        };
    }

    Topics compression(Compression target) {
        compression = Optional.of(target);
        return this;
    }

    Topics compacted() {
        cleanupPolicy = "compact";
        return this;
    }

    Topics segmentBytes(int bytes) {
        segmentBytes = bytes;
        return this;
    }

    TopicSettings build() {
        return new TopicSettings(
                maxMessageBytes,
                timestampType,
                beforeMaxMs,
                afterMaxMs,
                compression,
                Set.of(cleanupPolicy),
                1,
                segmentBytes,
                4096,
                LogLife.DEFAULT,
                CompactionSettings.DEFAULT);
    }
}
