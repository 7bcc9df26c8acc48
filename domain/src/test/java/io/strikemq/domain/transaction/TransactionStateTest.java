package io.strikemq.domain.transaction;

import static io.strikemq.domain.transaction.TransactionState.COMPLETE_ABORT;
import static io.strikemq.domain.transaction.TransactionState.COMPLETE_COMMIT;
import static io.strikemq.domain.transaction.TransactionState.DEAD;
import static io.strikemq.domain.transaction.TransactionState.EMPTY;
import static io.strikemq.domain.transaction.TransactionState.ONGOING;
import static io.strikemq.domain.transaction.TransactionState.PREPARE_ABORT;
import static io.strikemq.domain.transaction.TransactionState.PREPARE_COMMIT;
import static io.strikemq.domain.transaction.TransactionState.PREPARE_EPOCH_FENCE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransactionStateTest {
    /** Kafka's table, written down once more. */
    private static final Map<TransactionState, Set<TransactionState>> EDGES = Map.of(
            EMPTY, EnumSet.of(EMPTY, ONGOING, PREPARE_ABORT, DEAD),
            ONGOING, EnumSet.of(ONGOING, PREPARE_COMMIT, PREPARE_ABORT, PREPARE_EPOCH_FENCE),
            PREPARE_COMMIT, EnumSet.of(COMPLETE_COMMIT),
            PREPARE_ABORT, EnumSet.of(COMPLETE_ABORT),
            COMPLETE_COMMIT, EnumSet.of(EMPTY, ONGOING, PREPARE_ABORT, DEAD),
            COMPLETE_ABORT, EnumSet.of(EMPTY, ONGOING, PREPARE_ABORT, DEAD),
            DEAD, EnumSet.noneOf(TransactionState.class),
            PREPARE_EPOCH_FENCE, EnumSet.of(PREPARE_ABORT));

    @ParameterizedTest
    @EnumSource
    void theEdgesOfTheTableAreTakenAndNoOther(TransactionState from) {
        for (TransactionState to : TransactionState.values()) {
            TransactionDraft draft = new TransactionDraft(TransactionFixture.in(from));
            if (EDGES.get(from).contains(to)) {
                assertEquals(to, draft.enter(to).updated(1).state(), from + " to " + to);
            } else {
                assertThrows(IllegalStateException.class, () -> draft.enter(to), from + " to " + to);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStateIsFoundByItsNumberAndByItsName(TransactionState state) {
        assertEquals(Optional.of(state), TransactionState.ofId(state.id()));
        assertEquals(Optional.of(state), TransactionState.ofKafkaName(state.kafkaName()));
        assertEquals(
                Optional.empty(), TransactionState.ofKafkaName(state.kafkaName().toUpperCase(java.util.Locale.ROOT)));
    }
}
