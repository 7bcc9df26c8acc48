package io.strikemq.domain.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.domain.log.LeaderEpochs.Begin;
import io.strikemq.domain.log.LeaderEpochs.End;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaderEpochsTest {
    private final LeaderEpochs epochs = new LeaderEpochs(List.of(new Begin(2, 10), new Begin(5, 20), new Begin(6, 30)));

    @Test
    void theLastEpochEndsAtTheLogEnd() {
        assertEquals(new End(6, 99), epochs.endOf(6, 99));
        assertEquals(new End(0, 7), LeaderEpochs.only(0, 0).endOf(0, 7));
    }

    @Test
    void anEarlierEpochEndsWhereTheNextBegan() {
        assertEquals(new End(5, 30), epochs.endOf(5, 99));
        assertEquals(new End(2, 20), epochs.endOf(2, 99));
    }

    @Test
    void anEpochWithoutRecordsIsAnsweredByTheOneBefore() {
        assertEquals(new End(2, 20), epochs.endOf(3, 99));
        assertEquals(new End(2, 20), epochs.endOf(4, 99));
    }

    @Test
    void anEpochWhoseRecordsAreGoneEndsWhereTheFirstKnownOneBegins() {
        assertEquals(new End(1, 10), epochs.endOf(1, 99));
        assertEquals(new End(-2, 10), epochs.endOf(-2, 99), "as Kafka, whatever it is asked for but -1");
    }

    @Test
    void futureEpochsAndNoEpochAreUnknown() {
        assertEquals(End.UNKNOWN, epochs.endOf(7, 99));
        assertEquals(End.UNKNOWN, epochs.endOf(-1, 99));
        assertEquals(End.UNKNOWN, new LeaderEpochs(List.of()).endOf(0, 0));
    }
}
