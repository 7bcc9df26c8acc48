package io.strikemq.domain.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.producer.SequenceCheck.Duplicate;
import io.strikemq.domain.producer.SequenceCheck.Refused;
import io.strikemq.domain.record.RecordBatch;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProducerStatesTest {
    private static final long PRODUCER = 7;

    private final ProducerStates states = new ProducerStates();
    private long nextOffset;

    @Test
    void aNewProducerMayBeginWithAnySequence() {
        assertEquals(SequenceCheck.NEXT, check(0, 0, 1));
        assertEquals(SequenceCheck.NEXT, check(0, 4711, 1), "it may have been forgotten (KIP-360)");
    }

    @Test
    void batchesFollowWithoutAGap() {
        append(0, 0, 3);
        assertEquals(SequenceCheck.NEXT, check(0, 3, 1));
        assertRefused(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, check(0, 4, 1));
        assertRefused(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, check(0, 2, 1));
    }

    @Test
    void oneOfTheLastFiveIsADuplicateWithItsOriginalOffset() {
        for (int i = 0; i < 6; i++) {
            append(0, 2 * i, 2);
        }
        assertRefused(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, check(0, 0, 2));
        for (int i = 1; i < 6; i++) {
            assertEquals(new Duplicate(2 * i, 1000 + 2 * i), check(0, 2 * i, 2));
        }
    }

    @Test
    void theSameSequenceWithAnotherCountIsNoDuplicate() {
        append(0, 0, 2);
        append(0, 2, 2);
        assertRefused(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, check(0, 2, 1));
        assertRefused(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, check(0, 1, 3));
    }

    @Test
    void anOldEpochIsRefusedAndANewOneBeginsWithZero() {
        append(3, 0, 1);
        assertRefused(ErrorCode.INVALID_PRODUCER_EPOCH, check(2, 1, 1));
        assertRefused(ErrorCode.INVALID_PRODUCER_EPOCH, check(2, 0, 1));
        assertRefused(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, check(4, 1, 1));
        assertEquals(SequenceCheck.NEXT, check(4, 0, 1));
        append(4, 0, 1);
        assertRefused(ErrorCode.INVALID_PRODUCER_EPOCH, check(3, 1, 1));
        assertEquals(SequenceCheck.NEXT, check(4, 1, 1));
    }

    @Test
    void duplicatesOfAnOlderEpochAreRefused() {
        append(0, 0, 1);
        append(1, 0, 1);
        assertRefused(ErrorCode.INVALID_PRODUCER_EPOCH, check(0, 0, 1));
        assertEquals(new Duplicate(1, 1001), check(1, 0, 1));
    }

    @Test
    void sequencesWrapAroundToZero() {
        append(0, Integer.MAX_VALUE - 1, 1);
        assertEquals(SequenceCheck.NEXT, check(0, Integer.MAX_VALUE, 3));
        append(0, Integer.MAX_VALUE, 3);
        assertInstanceOf(Duplicate.class, check(0, Integer.MAX_VALUE, 3));
        assertRefused(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, check(0, 1, 1));
        assertEquals(SequenceCheck.NEXT, check(0, 2, 1));
        append(0, 2, 1);
        append(0, 3, 1);
        assertInstanceOf(Duplicate.class, check(0, 2, 1));
    }

    @Test
    void aBatchThatEndsAtTheLargestSequenceIsFollowedByZero() {
        append(0, Integer.MAX_VALUE - 2, 3);
        assertEquals(SequenceCheck.NEXT, check(0, 0, 1));
    }

    @Test
    void producersDoNotTouchEachOther() {
        append(0, 0, 5);
        assertEquals(SequenceCheck.NEXT, states.check(Sequenced.batch(8, 0, 0, 1, 0)));
        assertRefused(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, check(0, 1, 1));
    }

    @Test
    void batchesWithoutAProducerLeaveNoTrace() {
        states.appended(Sequenced.batch(-1, -1, -1, 1, 0), 0);
        assertEquals(0, states.size());
    }

    @Test
    void producersThatWriteNoMoreAreForgotten() {
        states.appended(Sequenced.batch(1, 0, 0, 1, 0), 0);
        states.appended(Sequenced.batch(2, 0, 0, 1, 1), 500);
        states.forgetIdle(1000, Duration.ofSeconds(1));
        assertEquals(1, states.size());
        assertEquals(SequenceCheck.NEXT, states.check(Sequenced.batch(1, 0, 9, 1, 0)));
        assertInstanceOf(Refused.class, states.check(Sequenced.batch(2, 0, 9, 1, 0)));
    }

    @Test
    void producersAreToldByIdWithTheirLastBatch() {
        states.appended(Sequenced.batch(9, 4, Integer.MAX_VALUE, 3, 100), 77);
        for (int i = 0; i < 6; i++) {
            append(2, i, 1);
        }
        List<ActiveProducer> told = List.of(
                new ActiveProducer(new ProducerIdentity(PRODUCER, (short) 2), 5, 1005, -1, -1),
                new ActiveProducer(new ProducerIdentity(9, (short) 4), 1, 1100, -1, -1));

        assertEquals(told, states.active());
        assertEquals(told, ProducerStates.restore(states.snapshot()).active());
    }

    @Test
    void aSnapshotBringsEverythingBack() {
        for (int i = 0; i < 7; i++) {
            append(2, i, 1);
        }
        states.appended(Sequenced.batch(9, 0, 0, 4, 100), 77);
        ProducerStates restored = ProducerStates.restore(states.snapshot());
        assertEquals(2, restored.size());
        assertEquals(new Duplicate(2, 1002), restored.check(Sequenced.batch(PRODUCER, 2, 2, 1, 0)));
        assertInstanceOf(Refused.class, restored.check(Sequenced.batch(PRODUCER, 2, 1, 1, 0)));
        assertEquals(SequenceCheck.NEXT, restored.check(Sequenced.batch(PRODUCER, 2, 7, 1, 0)));
        assertEquals(SequenceCheck.NEXT, restored.check(Sequenced.batch(9, 0, 4, 1, 0)));
        assertEquals(states.snapshot(), restored.snapshot());
    }

    @Test
    void anEmptySnapshotIsNobodyAndAForeignOneIsAnError() {
        assertEquals(0, ProducerStates.restore(ByteBuffer.allocate(0)).size());
        assertEquals(0, ProducerStates.restore(new ProducerStates().snapshot()).size());
        ByteBuffer foreign = ByteBuffer.wrap(new byte[] {99, 0, 0, 0, 0});
        assertThrows(IllegalArgumentException.class, () -> ProducerStates.restore(foreign));
    }

    private SequenceCheck check(int epoch, int baseSequence, int count) {
        return states.check(Sequenced.batch(PRODUCER, epoch, baseSequence, count, 0));
    }

    private void append(int epoch, int baseSequence, int count) {
        RecordBatch batch = Sequenced.batch(PRODUCER, epoch, baseSequence, count, nextOffset);
        nextOffset += count;
        assertEquals(SequenceCheck.NEXT, states.check(batch));
        states.appended(batch, 0);
    }

    private static void assertRefused(ErrorCode error, SequenceCheck check) {
        assertEquals(error, assertInstanceOf(Refused.class, check).error());
    }
}
