package io.strikemq.application.produce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.adapter.compression.NativeCodecs;
import io.strikemq.application.Batch;
import io.strikemq.application.OneBroker;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.produce.PartitionProduced;
import io.strikemq.domain.produce.PartitionRecords;
import io.strikemq.domain.produce.ProduceCommand;
import io.strikemq.domain.produce.ProduceCommand.Acks;
import io.strikemq.domain.produce.ProduceCommand.Formats;
import io.strikemq.domain.record.Compression;
import io.strikemq.domain.record.CompressionType;
import io.strikemq.domain.settings.FetchSettings;
import io.strikemq.domain.topic.TopicRef;
import io.strikemq.domain.topic.TopicSettings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The first records of a codec are taken by a worker, since a library is unpacked for them. */
class CodecLoadingTest {
    private static final TopicRef T = TopicRef.byName("t");

    private final Queue<Runnable> workers = new ArrayDeque<>();
    private final OneBroker broker = new OneBroker(FetchSettings.DEFAULT, workers::add);

    @BeforeEach
    void thereIsATopicWithAnOpenLog() {
        broker.topic("t", 1);
        produce(batch(CompressionType.NONE));
        runAll();
    }

    @ParameterizedTest
    @EnumSource(
            value = CompressionType.class,
            names = {"SNAPPY", "LZ4", "ZSTD"})
    void onlyTheFirstRecordsOfACodecGoToAWorker(CompressionType type) {
        ByteBuffer first = batch(type);
        CompletableFuture<List<PartitionProduced>> answer = produce(first);
        assertFalse(answer.isDone());
        while (first.hasRemaining()) {
            first.put((byte) 0x55);
        }
        runAll();
        assertEquals(ErrorCode.NONE, answer.join().get(0).error());
        assertTrue(produce(batch(type)).isDone());
        assertTrue(produce(batch(CompressionType.NONE)).isDone());
        assertEquals(4, broker.partition("t", 0).end().highWatermark());
    }

    @Test
    void soDoTheFirstRecordsThatATopicCompresses() {
        TopicSettings d = OneBroker.KAFKA_DEFAULTS;
        broker.settings(new TopicSettings(
                d.maxMessageBytes(),
                d.timestampType(),
                d.timestampBeforeMaxMs(),
                d.timestampAfterMaxMs(),
                Optional.of(Compression.of(CompressionType.ZSTD)),
                d.cleanupPolicies(),
                d.minInSyncReplicas(),
                d.segmentBytes(),
                d.indexIntervalBytes(),
                d.life(),
                d.compaction()));
        assertFalse(produce(batch(CompressionType.NONE)).isDone());
        runAll();
        assertTrue(produce(batch(CompressionType.NONE)).isDone());
    }

    @Test
    void recordsThatAreNoneAreRefusedAtOnce() {
        for (int size = 0; size < 70; size++) {
            assertTrue(produce(ByteBuffer.allocate(size)).isDone());
        }
    }

    /** Built by codecs of its own, so that the broker has used none. */
    private ByteBuffer batch(CompressionType type) {
        return new Batch(broker.time.wallClockMillis())
                .records("a")
                .compressed(type)
                .build(new NativeCodecs());
    }

    private CompletableFuture<List<PartitionProduced>> produce(ByteBuffer batch) {
        var records = List.of(new PartitionRecords(T, 0, batch));
        var command = new ProduceCommand(Acks.ALL, Duration.ofSeconds(30), null, Formats.V2, records);
        return broker.produce.produce(OneBroker.CLIENT, command).toCompletableFuture();
    }

    private void runAll() {
        while (!workers.isEmpty()) {
            workers.remove().run();
        }
    }
}
