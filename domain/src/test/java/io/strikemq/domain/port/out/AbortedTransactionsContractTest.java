package io.strikemq.domain.port.out;

import static io.strikemq.domain.record.TestBatches.batch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.log.AbortedTransaction;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link PartitionLog} knows of aborted transactions. Three batches fit into a segment. */
public abstract class AbortedTransactionsContractTest extends SmallSegmentsContract {
    @Test
    void thoseAreFoundThatMayHaveRecordsInARange() {
        fill(20);
        AbortedTransaction first = add(1, 0, 3, 4);
        AbortedTransaction second = add(2, 5, 9, 6);
        AbortedTransaction third = add(3, 6, 15, 16);

        assertEquals(List.of(first, second, third), log.aborted(0, 20));
        assertEquals(List.of(first), log.aborted(0, 4));
        assertEquals(List.of(first), log.aborted(3, 5));
        assertEquals(List.of(second, third), log.aborted(4, 7));
        assertEquals(List.of(third), log.aborted(10, 11));
        assertEquals(List.of(), log.aborted(16, 20));
    }

    @Test
    void oneThatBeganBeforeTheRangeAndEndsBehindItIsFoundAlthoughOthersEndedBefore() {
        fill(20);
        AbortedTransaction shortOne = add(1, 4, 5, 2);
        AbortedTransaction longOne = add(2, 2, 19, 20);

        assertEquals(List.of(longOne), log.aborted(10, 11));
        assertEquals(List.of(shortOne, longOne), log.aborted(4, 5));
    }

    @Test
    void oneIsAddedOnce() {
        fill(10);
        AbortedTransaction first = add(1, 0, 3, 4);
        AbortedTransaction second = add(2, 4, 7, 8);
        log.addAborted(first);
        log.addAborted(second);

        assertEquals(List.of(first, second), log.aborted(0, 10));
    }

    @Test
    void whatTheCheckpointCoversIsThereAfterTheNextOpening() {
        fill(10);
        AbortedTransaction first = add(1, 0, 3, 4);
        AbortedTransaction second = add(2, 4, 7, 8);
        log.checkpoint(ByteBuffer.allocate(0));

        reopen();
        assertTrue(log.knewAborted());
        assertEquals(List.of(first, second), log.aborted(0, 10));

        fill(4);
        AbortedTransaction third = add(3, 8, 13, 14);
        log.checkpoint(ByteBuffer.allocate(0));
        reopen();
        assertEquals(List.of(first, second, third), log.aborted(0, 14));
    }

    @Test
    void whatTheCheckpointDoesNotCoverMayBeAddedAgain() {
        fill(5);
        AbortedTransaction first = add(1, 0, 3, 4);
        log.checkpoint(ByteBuffer.allocate(0));
        fill(5);
        AbortedTransaction second = add(2, 4, 9, 10);

        reopen();
        log.addAborted(second);

        assertTrue(log.knewAborted());
        assertEquals(List.of(first, second), log.aborted(0, 10));
    }

    @Test
    void thoseBehindTheStartStayWhenRecordsAreDeleted() {
        fill(20);
        add(1, 0, 3, 4);
        AbortedTransaction second = add(2, 5, 13, 14);
        AbortedTransaction third = add(3, 15, 17, 18);

        log.deleteBefore(10);
        assertEquals(List.of(second, third), log.aborted(10, 20));

        log.deleteBefore(20);
        assertEquals(List.of(), log.aborted(20, 20));
        fill(1);
        AbortedTransaction fourth = add(4, 1, 20, 21);
        assertEquals(List.of(fourth), log.aborted(20, 21));
    }

    @Test
    void aLogThatIsCreatedAgainHasNone() {
        fill(10);
        add(1, 0, 3, 4);
        log.checkpoint(ByteBuffer.allocate(0));
        log.close();
        logs.delete(ORDERS);
        log = logs.open(ORDERS, SMALL_SEGMENTS);
        fill(10);

        assertEquals(List.of(), log.aborted(0, 10));
    }

    private AbortedTransaction add(long producer, long first, long last, long stable) {
        AbortedTransaction aborted = new AbortedTransaction(producer, first, last, stable);
        log.addAborted(aborted);
        return aborted;
    }

    private void fill(int batches) {
        for (int i = 0; i < batches; i++) {
            log.append(batch(log.endOffset()));
        }
    }
}
