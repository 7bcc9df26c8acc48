package io.strikemq.application.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.application.LogLines;
import io.strikemq.domain.log.LogRead;
import io.strikemq.domain.log.LogSlice;
import io.strikemq.domain.log.ReadLimit;
import io.strikemq.domain.record.BatchLayout;
import io.strikemq.domain.record.TestBatches;
import io.strikemq.domain.topic.TopicPartition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Five batches of one record; what a read finds of them is up to the test. */
class LogReplayTest {
    private static final int END = 5;

    private final TreeMap<Long, ByteBuffer> batches = new TreeMap<>();
    private long lostFrom = END;
    private long lostUpTo = END;
    private int released;

    LogReplayTest() {
        for (long offset = 0; offset < END; offset++) {
            batches.put(offset, TestBatches.batch(offset));
        }
    }

    @Test
    void allBatchesAreHandedOver() {
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L), replayed(0, 0));
        assertEquals(List.of(3L, 4L), replayed(3, 0));
        assertEquals(2, released, "as often as something was read");
    }

    @Test
    void whatStorageCannotReadIsSkippedAndTold() {
        lostFrom = 1;
        lostUpTo = 3;
        assertEquals(List.of(0L, 3L, 4L), replayed(0, 1));
    }

    @Test
    void aBatchWithAWrongCrcIsSkippedAndTold() {
        for (long damaged = 0; damaged < END; damaged++) {
            batches.get(damaged).put(BatchLayout.HEADER_SIZE, (byte) 99);
            List<Long> others = new ArrayList<>(batches.keySet());
            others.remove(damaged);
            assertEquals(others, replayed(0, 1));
            batches.put(damaged, TestBatches.batch(damaged));
        }
    }

    @Test
    void garbageIsNoReasonToStop() {
        batches.get(2L).put(BatchLayout.MAGIC, (byte) 77);
        assertEquals(List.of(0L, 1L, 3L, 4L), replayed(0, 1));
    }

    @Test
    void itBeginsAtTheStartWhereThatHasMoved() {
        batches.headMap(2L).clear();
        assertEquals(List.of(2L, 3L, 4L), replayed(0, 0));
    }

    private List<Long> replayed(long offset, int toldLines) {
        List<Long> seen = new ArrayList<>();
        try (LogLines lines = new LogLines(LogReplay.class)) {
            new LogReplay(new TopicPartition("t", 0), this::read, END)
                    .from(offset, batch -> seen.add(batch.baseOffset()));
            assertEquals(toldLines, lines.records().size());
        }
        return seen;
    }

    private LogRead read(long offset, ReadLimit limit) {
        if (offset < batches.firstKey()) {
            return new LogRead.BelowStart(batches.firstKey());
        }
        if (offset >= lostFrom && offset < lostUpTo) {
            return new LogRead.Damaged(lostUpTo, "a disk has lost it");
        }
        Map<Long, ByteBuffer> rest = batches.subMap(offset, offset < lostFrom ? lostFrom : END);
        ByteBuffer bytes = TestBatches.concat(rest.values().toArray(new ByteBuffer[0]));
        return new LogRead.Found(new LogSlice() {
            @Override
            public List<ByteBuffer> buffers() {
                return List.of(bytes);
            }

            @Override
            public int sizeInBytes() {
                return bytes.remaining();
            }

            @Override
            public void release() {
                released++;
            }
        });
    }
}
