package io.strikemq.benchmark;

import io.strikemq.adapter.kafka.message.OffsetCommitRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;

/**
 * A million commits of one group, or as many as {@code -Dcommits} says: what they leave on the disk once they are compacted, and how
 * long a broker takes then from its start until it knows the last one.
 */
public final class CommitBenchmark {
    private static final int COMMITS = Integer.getInteger("commits", 1_000_000);
    /** How many are under way at once. */
    private static final int WINDOW = 500;

    private static final short VERSION = 8;
    private static final String TOPIC = "t";
    private static final String GROUP = "g";
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    private static final String SETTINGS = "log.cleaner.backoff.ms=1000\n";
    /** What is appended to is not compacted: at most so much is left (segment.bytes of the topic). */
    private static final double SEGMENT_MEGABYTES = 104.9;

    private CommitBenchmark() {}

    /** Prints the figures. */
    public static void main(String[] arguments) throws IOException, ExecutionException, InterruptedException {
        Path folder = Files.createTempDirectory("strikemq-benchmark");
        Path data = folder.resolve("data");
        String settings = Files.writeString(folder.resolve("settings.properties"), SETTINGS)
                .toString();
        try {
            try (MeasuredProcess broker = MeasuredProcess.broker(data, "--log-level", "warn", "--config", settings)) {
                long start = System.nanoTime();
                commit(broker.port());
                say("%d commits in %.1f s", COMMITS, secondsSince(start));
                say("%.1f MB of offsets after that", megabytes(data));
                awaitCompaction(data);
                say(
                        "%.1f MB once they were compacted, %.1f s after the first commit",
                        megabytes(data), secondsSince(start));
            }
            long start = System.nanoTime();
            try (MeasuredProcess broker = MeasuredProcess.broker(data, "--log-level", "warn", "--config", settings)) {
                long known = committed(broker.port());
                say("%.2f s from the start after a kill -9 until the offset was told", secondsSince(start));
                if (known != COMMITS) {
                    throw new IllegalStateException("the last commit was " + COMMITS + ", but " + known + " is known");
                }
            }
        } finally {
            MeasuredProcess.delete(folder);
        }
    }

    private static void commit(int port) throws IOException, ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
        // To be the coordinator's group at all.
        committed(port);
        try (Wire wire = new Wire(port)) {
            for (int offset = 1; offset <= COMMITS + WINDOW; offset++) {
                if (offset <= COMMITS) {
                    wire.send(commitOf(offset));
                }
                if (offset > WINDOW) {
                    refuseError(wire.receiveFrame());
                }
            }
        }
    }

    private static ByteBuffer commitOf(long offset) {
        OffsetCommitRequest request = OffsetCommitRequest.builder()
                .groupId(GROUP)
                .topics(List.of(OffsetCommitRequest.OffsetCommitRequestTopic.builder()
                        .name(TOPIC)
                        .partitions(List.of(OffsetCommitRequest.OffsetCommitRequestPartition.builder()
                                .partitionIndex(0)
                                .committedOffset(offset)
                                .build()))
                        .build()))
                .build();
        return Requests.framed(OffsetCommitRequest.API_KEY, VERSION, (short) 2, request);
    }

    /** The error code is the last of the answer but for the empty tags of partition, topic and message. */
    private static void refuseError(ByteBuffer answer) {
        short error = answer.getShort(answer.limit() - 5);
        if (error != 0) {
            throw new IllegalStateException("a commit was refused with error " + error);
        }
    }

    /** Nothing is appended any more: the log is compacted when its size stays. */
    private static void awaitCompaction(Path data) throws IOException, InterruptedException {
        long start = System.nanoTime();
        double last = -1;
        double now = megabytes(data);
        while (now != last || now > SEGMENT_MEGABYTES) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new IllegalStateException("the offsets still take " + now + " MB");
            }
            Thread.sleep(3000);
            last = now;
            now = megabytes(data);
        }
    }

    /** The offset that the broker knows; 0 for none. Waits until the group is loaded. */
    private static long committed(int port) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port))) {
            var known = admin.listConsumerGroupOffsets(GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(new TopicPartition(TOPIC, 0));
            return known == null ? 0 : known.offset();
        }
    }

    private static double megabytes(Path data) throws IOException {
        double sum = 0;
        try (var folders = Files.newDirectoryStream(data, "__consumer_offsets-*")) {
            for (Path folder : folders) {
                sum += ProcessFigures.sizeOf(folder) / 1e6;
            }
        }
        return sum;
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    private static void say(String format, Object... figures) {
        System.out.printf(Locale.ROOT, format + "%n", figures);
    }
}
