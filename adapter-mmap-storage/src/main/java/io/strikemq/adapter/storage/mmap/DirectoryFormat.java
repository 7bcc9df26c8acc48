package io.strikemq.adapter.storage.mmap;

import io.strikemq.adapter.storage.mmap.file.TextFile;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * Whose files a directory has, asked before anything is written into it: {@code meta.properties} says so, to us as to
 * Kafka. The format is counted up when an earlier version could not work with what a later one writes.
 */
enum DirectoryFormat {
    /** There is nothing of a broker in it. */
    NONE,
    /** As StrikeMQ wrote it before directories had a format: partitions do not say which topic they belong to. */
    WITHOUT_OWNERS,
    /** As this version writes it. */
    CURRENT;

    /** The key in {@code meta.properties}; Kafka has none like it. */
    static final String KEY = "strikemq.format";
    /** Its value in this version. */
    static final String CURRENT_VALUE = "1";

    static final String META = "meta.properties";

    private static final List<String> KAFKAS_KEYS = List.of("node.id", "broker.id", "directory.id");
    private static final List<String> KAFKAS_FILES = List.of(
            "__cluster_metadata-0",
            "bootstrap.checkpoint",
            "recovery-point-offset-checkpoint",
            "replication-offset-checkpoint",
            "log-start-offset-checkpoint",
            "cleaner-offset-checkpoint");
    /** Kafka names segments by 20 digits. */
    private static final String KAFKAS_SEGMENT = "[0-9]".repeat(20) + ".log";

    /** The directory's format, read only; refuses what belongs to Kafka or to another version, with a sentence. */
    static DirectoryFormat of(Path directory) throws IOException {
        for (String file : KAFKAS_FILES) {
            if (Files.exists(directory.resolve(file))) {
                throw belongsToKafka(directory, "it has a " + file);
            }
        }
        Path meta = directory.resolve(META);
        if (Files.notExists(meta)) {
            refuseKafkasSegments(directory);
            return NONE;
        }
        Properties properties = TextFile.properties(meta);
        for (String key : KAFKAS_KEYS) {
            if (properties.containsKey(key)) {
                throw belongsToKafka(directory, "its " + META + " has a " + key);
            }
        }
        String format = properties.getProperty(KEY);
        if (format == null) {
            return WITHOUT_OWNERS;
        }
        if (!format.equals(CURRENT_VALUE)) {
            throw refusal(
                    directory,
                    "was written by another version of StrikeMQ: its " + META + " says " + KEY + "=" + format
                            + ", and this version knows " + CURRENT_VALUE
                            + "; use that version, or set log_dir to another directory");
        }
        return CURRENT;
    }

    private static void refuseKafkasSegments(Path directory) throws IOException {
        try (DirectoryStream<Path> partitions = Files.newDirectoryStream(directory, "*-[0-9]*")) {
            for (Path partition : partitions) {
                if (Files.isDirectory(partition) && hasKafkasSegments(partition)) {
                    throw belongsToKafka(directory, "segments in " + partition.getFileName() + " are named as Kafka's");
                }
            }
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
    }

    private static boolean hasKafkasSegments(Path partition) throws IOException {
        if (!Files.isReadable(partition)) {
            return false;
        }
        try (DirectoryStream<Path> segments = Files.newDirectoryStream(partition, KAFKAS_SEGMENT)) {
            return segments.iterator().hasNext();
        }
    }

    private static BrokerException belongsToKafka(Path directory, String sign) {
        return refusal(
                directory,
                "belongs to Apache Kafka (" + sign
                        + "), whose files StrikeMQ neither reads nor changes: set log_dir to a directory of its own");
    }

    private static BrokerException refusal(Path directory, String why) {
        return new BrokerException(ErrorCode.KAFKA_STORAGE_ERROR, "the data directory " + directory + " " + why);
    }
}
