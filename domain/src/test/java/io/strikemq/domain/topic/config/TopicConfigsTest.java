package io.strikemq.domain.topic.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.compaction.CompactionSettings;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.LogLife;
import io.strikemq.domain.log.Retention;
import io.strikemq.domain.record.Compression;
import io.strikemq.domain.record.CompressionType;
import io.strikemq.domain.record.TimestampType;
import io.strikemq.domain.topic.TopicSettings;
import io.strikemq.domain.topic.admin.ConfigEntry;
import io.strikemq.domain.topic.admin.ConfigEntry.Source;
import io.strikemq.domain.topic.admin.ConfigEntry.Synonym;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The sources and synonyms expected here are what a broker of Kafka 4.4 answers. */
class TopicConfigsTest {
    private static final TopicConfigs DEFAULTS = new TopicConfigs(Map.of());

    @Test
    void aTopicWithoutConfigsShowsAllThirtySevenAsDefaults() {
        List<ConfigEntry> entries = DEFAULTS.entries(Map.of());
        assertEquals(37, entries.size());
        assertTrue(entries.stream().allMatch(entry -> entry.source() == Source.DEFAULT_CONFIG));
        assertTrue(entries.stream().noneMatch(entry -> entry.readOnly() || entry.sensitive()));
    }

    @Test
    void neitherPartitionCountNorReplicationFactorIsAConfig() {
        assertTrue(DEFAULTS.entries(Map.of()).stream()
                .noneMatch(entry ->
                        entry.name().contains("partition") || entry.name().contains("replication.factor")));
    }

    @Test
    void theInternalSegmentSizeIsShownOnlyWhereItIsSet() {
        assertEquals(
                38, DEFAULTS.entries(Map.of("internal.segment.bytes", "100")).size());
        assertEquals(
                100, DEFAULTS.settings(Map.of("internal.segment.bytes", "100")).segmentBytes());
    }

    @Test
    void aConfigOfTheTopicComesBeforeTheBrokersSettingAndTheDefault() {
        ConfigEntry entry = entry(
                new TopicConfigs(Map.of("log.segment.bytes", "2000000")),
                "segment.bytes",
                Map.of("segment.bytes", "3000000"));
        assertEquals("3000000", entry.value());
        assertEquals(Source.DYNAMIC_TOPIC_CONFIG, entry.source());
        assertEquals(
                List.of(
                        new Synonym("segment.bytes", "3000000", Source.DYNAMIC_TOPIC_CONFIG),
                        new Synonym("log.segment.bytes", "2000000", Source.STATIC_BROKER_CONFIG),
                        new Synonym("log.segment.bytes", "1073741824", Source.DEFAULT_CONFIG)),
                entry.synonyms());
    }

    @Test
    void aSettingOfTheBrokerShowsItsSource() {
        ConfigEntry entry = entry(new TopicConfigs(Map.of("log.retention.ms", "5")), "retention.ms", Map.of());
        assertEquals("5", entry.value());
        assertEquals(Source.STATIC_BROKER_CONFIG, entry.source());
        assertEquals(
                List.of(
                        new Synonym("log.retention.ms", "5", Source.STATIC_BROKER_CONFIG),
                        new Synonym("log.retention.hours", "168", Source.DEFAULT_CONFIG)),
                entry.synonyms());
    }

    @Test
    void theMostSpecificUnitWins() {
        Map<String, String> all =
                Map.of("log.retention.ms", "7", "log.retention.minutes", "2", "log.retention.hours", "1");
        assertEquals("7", entry(new TopicConfigs(all), "retention.ms", Map.of()).value());
        assertEquals(
                "120000",
                entry(
                                new TopicConfigs(Map.of("log.retention.minutes", "2", "log.retention.hours", "1")),
                                "retention.ms",
                                Map.of())
                        .value());
        assertEquals(
                "3600000",
                entry(new TopicConfigs(Map.of("log.retention.hours", "1")), "retention.ms", Map.of())
                        .value());
        assertEquals(
                "-1",
                entry(new TopicConfigs(Map.of("log.retention.hours", "-1")), "retention.ms", Map.of())
                        .value());
    }

    @Test
    void aDefaultOfAnotherUnitIsNoSynonym() {
        assertEquals(List.of(), entry(DEFAULTS, "retention.ms", Map.of()).synonyms());
    }

    @Test
    void unknownNamesWrongValuesAndContradictionsAreInvalidConfigs() {
        for (Map<String, String> wrong : List.of(
                Map.of("bogus", "1"),
                Map.of("", "1"),
                Map.of("message.format.version", "2.0"),
                Map.of("retention.ms", "abc"),
                Map.of("retention.ms", "-5"),
                Map.of("min.compaction.lag.ms", "10", "max.compaction.lag.ms", "5"),
                Map.of("remote.storage.enable", "true"))) {
            BrokerException refused = assertThrows(BrokerException.class, () -> DEFAULTS.check(wrong));
            assertEquals(ErrorCode.INVALID_CONFIG, refused.error());
            assertFalse(refused.getMessage().isBlank());
        }
    }

    @Test
    void harmlessConfigsPass() {
        assertDoesNotThrow(() -> DEFAULTS.check(Map.of("retention.ms", " 5 ", "cleanup.policy", "compact,delete")));
        assertDoesNotThrow(() -> DEFAULTS.check(Map.of("delete.retention.ms", "0", "retention.bytes", "-100")));
    }

    @Test
    void aWrongSettingOfTheBrokerIsRefusedAtTheStart() {
        assertThrows(BrokerException.class, () -> new TopicConfigs(Map.of("log.retention.hours", "soon")));
        assertThrows(BrokerException.class, () -> new TopicConfigs(Map.of("message.max.bytes", "-1")));
    }

    @Test
    void theHotPathsReadParsedValues() {
        TopicSettings settings = new TopicConfigs(Map.of("message.max.bytes", "77"))
                .settings(Map.of("message.timestamp.type", "LogAppendTime", "cleanup.policy", "compact, delete"));
        assertEquals(
                new TopicSettings(
                        77,
                        TimestampType.LOG_APPEND_TIME,
                        Long.MAX_VALUE,
                        3_600_000,
                        Optional.empty(),
                        Set.of("compact", "delete"),
                        1,
                        1 << 30,
                        4096,
                        LogLife.DEFAULT,
                        CompactionSettings.DEFAULT),
                settings);
    }

    @Test
    void howLongRecordsLastIsReadInMillisecondsFromWhateverWasSaid() {
        TopicConfigs broker =
                new TopicConfigs(Map.of("log.retention.hours", "2", "log.roll.ms", "5000", "log.retention.bytes", "7"));
        assertEquals(
                new LogLife(7_200_000, 7, 5000, 0, 60_000),
                broker.settings(Map.of()).life());
        assertEquals(
                new LogLife(-1, 9, 30, 40, 50),
                broker.settings(Map.of(
                                "retention.ms", "-1",
                                "retention.bytes", "9",
                                "segment.ms", "30",
                                "segment.jitter.ms", "40",
                                "file.delete.delay.ms", "50"))
                        .life());
    }

    @Test
    void aCompactedTopicsSegmentsEndBeforeTheyHaveToBeCompacted() {
        TopicConfigs broker = new TopicConfigs(Map.of());
        assertEquals(
                20,
                broker.settings(Map.of("cleanup.policy", "compact", "max.compaction.lag.ms", "20"))
                        .life()
                        .segmentMs());
        assertEquals(
                LogLife.DEFAULT.segmentMs(),
                broker.settings(Map.of("max.compaction.lag.ms", "20")).life().segmentMs());
    }

    @Test
    void onlyTopicsThatDeleteHaveARetention() {
        TopicConfigs broker = new TopicConfigs(Map.of());
        assertEquals(new Retention(604_800_000, -1), broker.settings(Map.of()).retention());
        assertEquals(
                false,
                broker.settings(Map.of("cleanup.policy", "compact")).retention().isLimited());
        assertEquals(
                true,
                broker.settings(Map.of("cleanup.policy", "compact,delete"))
                        .retention()
                        .isLimited());
    }

    @Test
    void theCompressionHasTheLevelOfItsOwnCodec() {
        TopicConfigs broker = new TopicConfigs(Map.of("compression.zstd.level", "7", "compression.gzip.level", "2"));
        assertEquals(
                Optional.of(new Compression(CompressionType.ZSTD, 7)),
                broker.settings(Map.of("compression.type", "zstd")).compression());
        assertEquals(
                Optional.of(new Compression(CompressionType.GZIP, 9)),
                broker.settings(Map.of("compression.type", "gzip", "compression.gzip.level", "9"))
                        .compression());
        assertEquals(
                Optional.of(Compression.of(CompressionType.SNAPPY)),
                broker.settings(Map.of("compression.type", "snappy")).compression());
        assertEquals(
                Optional.of(Compression.NONE),
                broker.settings(Map.of("compression.type", "uncompressed")).compression());
    }

    private static ConfigEntry entry(TopicConfigs configs, String name, Map<String, String> topicConfigs) {
        return configs.entries(topicConfigs).stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
