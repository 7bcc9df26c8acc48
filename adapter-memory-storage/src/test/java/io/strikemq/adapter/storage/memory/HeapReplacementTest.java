package io.strikemq.adapter.storage.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.port.out.ManualTime;
import io.strikemq.domain.port.out.PartitionLogs;
import io.strikemq.domain.port.out.SegmentReplacementContractTest;
import io.strikemq.domain.record.TestBatches;
import io.strikemq.domain.topic.TopicIdPartition;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HeapReplacementTest extends SegmentReplacementContractTest {
    @Override
    protected PartitionLogs logs() {
        return new HeapPartitionLogs(new ManualTime());
    }

    @Test
    void whatIsLeftTakesNoMoreMemoryThanItHasTo() {
        HeapPartitionLogs logs = new HeapPartitionLogs(new ManualTime());
        HeapPartitionLog log = (HeapPartitionLog)
                logs.open(new TopicIdPartition(new UUID(7, 7), "payments", 0), new LogSettings(1 << 20, 4096));
        try (HeapReplacement replacement = (HeapReplacement) log.replaceFrom(0)) {
            for (int offset = 0; offset < 200; offset++) {
                replacement.append(TestBatches.batch(offset));
            }

            HeapSegment[] parts = replacement.parts(0);
            assertEquals(
                    20_000, Stream.of(parts).mapToInt(HeapSegment::sizeInBytes).sum());
            assertEquals(
                    20_000, Stream.of(parts).mapToInt(HeapSegment::capacity).sum(), 300);
        }
    }
}
