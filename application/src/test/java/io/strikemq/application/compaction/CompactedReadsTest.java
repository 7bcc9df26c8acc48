package io.strikemq.application.compaction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.Batch;
import io.strikemq.application.OneBroker;
import io.strikemq.application.Reading;
import io.strikemq.domain.compaction.CompactionSettings;
import io.strikemq.domain.fetch.IsolationLevel;
import io.strikemq.domain.offset.OffsetFound;
import io.strikemq.domain.offset.OffsetQuery;
import io.strikemq.domain.record.CompressionType;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.topic.TopicPartition;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What readers find where compaction has left gaps, empty batches and delete horizons. */
class CompactedReadsTest {
    private static final TopicPartition PARTITION = new TopicPartition(CompactedTopic.NAME, 0);

    private final CompactedTopic topic = new CompactedTopic();

    @BeforeEach
    void keepTombstones() {
        topic.compaction(new CompactionSettings(0.5, 0, Long.MAX_VALUE, 1_000_000));
    }

    private long append(long timestamp, String... keysAndValues) {
        Batch batch = new Batch(timestamp);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            batch.keyed(keysAndValues[i], keysAndValues[i + 1]);
        }
        return topic.append(batch);
    }

    private OffsetFound find(long timestamp) {
        return topic.broker
                .offsets
                .lookUp(
                        OneBroker.CLIENT,
                        IsolationLevel.READ_UNCOMMITTED,
                        List.of(new OffsetQuery(PARTITION, -1, timestamp)))
                .toCompletableFuture()
                .join()
                .get(0);
    }

    private void assertFound(long offset, long timestamp, OffsetFound found) {
        assertEquals(List.of(offset, timestamp), List.of(found.offset(), found.timestamp()));
    }

    private List<String> read(long from) {
        return Reading.values(topic.broker, topic.broker.read(new Reading().from(CompactedTopic.NAME, 0, from)));
    }

    @Test
    void anOffsetThatIsGoneIsAnsweredWithTheBatchThatHeldItOrTheNextOne() {
        append(1, "a", "1", "b", "1");
        append(1, "a", "2", "b", "2", "c", "1");
        append(1, "b", "3");
        topic.compactNow();

        assertEquals(List.of("2 a=2", "4 c=1", "5 b=3"), topic.records());
        for (long gone = 0; gone <= 4; gone++) {
            assertEquals(List.of("2", "1", "3"), read(gone));
        }
        assertEquals(List.of("3"), read(5));
        assertEquals(List.of(), read(6));
        RecordBatch cut = topic.batches().get(0);
        assertEquals(List.of(2L, 4L), List.of(cut.baseOffset(), cut.lastOffset()));
    }

    @Test
    void timesAreFoundAmongTheRecordsThatAreLeft() {
        append(100, "a", "1", "b", "1");
        append(300, "a", "2");
        append(200, "c", "1", "d", "1");
        append(400, "c", "2");
        append(50, "e", "1");
        topic.compactNow();

        assertFound(1, 100, find(0));
        assertFound(1, 100, find(100));
        assertFound(2, 300, find(101));
        assertFound(5, 400, find(301));
        assertFound(-1, -1, find(401));
        assertFound(5, 400, find(OffsetQuery.MAX_TIMESTAMP));
    }

    @Test
    void aDeleteHorizonIsNobodysTimestamp() {
        append(100, "a", "1");
        append(200, "a", null, "b", "1");
        topic.compactNow();

        RecordBatch withHorizon = topic.batches().get(0);
        assertTrue(withHorizon.hasDeleteHorizon());
        assertEquals(topic.broker.time.wallClockMillis() + 1_000_000, withHorizon.deleteHorizon());
        assertEquals(200, withHorizon.maxTimestamp());
        assertFound(1, 200, find(0));
        assertFound(1, 200, find(OffsetQuery.MAX_TIMESTAMP));
        assertFound(-1, -1, find(201));
        topic.compactNow();
        assertArrayEquals(
                withHorizon.bytes().array(), topic.batches().get(0).bytes().array(), "the horizon is set once");
    }

    @Test
    void aBatchWithoutRecordsHasNoTimestampToBeFound() {
        append(100, "a", "1");
        topic.append(new Batch(900).producer(7, 0, 0).keyed("b", "1"));
        append(200, "b", "2");
        topic.compactNow();

        assertEquals(0, topic.batches().get(1).recordCount());
        assertEquals(900, topic.batches().get(1).maxTimestamp());
        assertFound(2, 200, find(OffsetQuery.MAX_TIMESTAMP));
        assertFound(2, 200, find(150));
        assertFound(-1, -1, find(300));
    }

    @Test
    void logAppendTimeStaysThatOfTheBatch() {
        topic.append(new Batch(100).logAppendTime().keyed("a", "1").keyed("b", "1"));
        append(200, "a", null);
        topic.compactNow();
        assertFound(1, 100, find(100));
        assertFound(2, 200, find(101));
    }

    @Test
    void whoReadsAnOldFormatFindsTheSameRecords() {
        topic.append(new Batch(100)
                .compressed(CompressionType.GZIP)
                .keyed("a", "1")
                .keyed("b", "1")
                .keyed("c", "1"));
        topic.append(new Batch(150).producer(7, 0, 0).keyed("d", "1"));
        append(200, "a", "2", "d", "2");
        append(300, "c", null);
        topic.compactNow();
        assertEquals(List.of("1 b=1", "4 a=2", "5 d=2", "6 c=null"), topic.records());

        for (byte magic = 0; magic < 2; magic++) {
            ByteBuffer messages = topic.broker
                    .read(new Reading().inFormat(magic).from(CompactedTopic.NAME, 0, 3))
                    .partitions()
                    .get(0)
                    .records()
                    .buffers()
                    .get(0);
            // Plain messages from 3 on: the first of them is at 4, the empty batch leaves no trace.
            assertEquals(4, messages.getLong(messages.position()));
        }
    }

    @Test
    void aProducerGoesOnAfterItsRecordsAreGoneAndTheBrokerHasStartedAgain() {
        topic.append(new Batch(1).producer(7, 0, 0).keyed("a", "1"));
        topic.append(new Batch(1).producer(7, 0, 1).keyed("a", "2"));
        append(1, "a", "3");
        topic.compactNow();
        assertEquals(List.of("2 a=3"), topic.records());
        for (boolean isStopped : new boolean[] {true, false}) {
            topic.restart(isStopped);
            assertEquals(1, topic.append(new Batch(1).producer(7, 0, 1).keyed("a", "2")), "a duplicate");
        }
        assertEquals(3, topic.append(new Batch(1).producer(7, 0, 2).keyed("b", "1")));
    }
}
