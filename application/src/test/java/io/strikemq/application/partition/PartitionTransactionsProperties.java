package io.strikemq.application.partition;

import io.strikemq.domain.producer.TransactionMarker.Outcome;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Random producers, transactions, markers, deletions and restarts against a model that remembers everything. */
class PartitionTransactionsProperties {
    enum What {
        PLAIN,
        TRANSACTIONAL,
        TRANSACTIONAL_TOO,
        COMMIT,
        ABORT,
        DELETE,
        STOP,
        KILL
    }

    @Property(tries = 300)
    void theStableEndTheAbortedIndexAndWhatIsReadAreThoseOfTheModel(
            @ForAll @Size(max = 60) List<What> history,
            @ForAll @Size(value = 60) List<@IntRange(max = TransactionModel.PRODUCERS - 1) Integer> producers,
            @ForAll long seed) {
        TransactionModel model = new TransactionModel(seed);
        for (int i = 0; i < history.size(); i++) {
            int producer = producers.get(i);
            switch (history.get(i)) {
                case PLAIN -> model.plain();
                case TRANSACTIONAL, TRANSACTIONAL_TOO -> model.transactional(producer);
                case COMMIT -> model.end(producer, Outcome.COMMIT);
                case ABORT -> model.end(producer, Outcome.ABORT);
                case DELETE -> model.delete();
                case STOP -> model.restart(true);
                case KILL -> model.restart(false);
            }
            model.check();
        }
    }
}
