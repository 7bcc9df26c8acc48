package io.strikemq.application.transaction;

import static io.strikemq.application.transaction.Transactions.ORDERS_0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.OneBroker;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.transaction.Transaction;
import io.strikemq.domain.transaction.TransactionFilter;
import io.strikemq.domain.transaction.TransactionListing;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactionInspectionTest {
    private final Transactions transactions = new Transactions();

    @BeforeEach
    void someTransactions() {
        transactions.init("b");
        transactions.add("b", transactions.init("b"), ORDERS_0);
        transactions.init("a");
        transactions.broker.time.advance(Duration.ofSeconds(5));
        transactions.add("c", transactions.init("c"), ORDERS_0);
    }

    @Test
    void allAreListedById() {
        assertEquals(List.of("a", "b", "c"), list(TransactionFilter.ALL));
    }

    @Test
    void eachFilterLetsItsOwnPass() {
        assertEquals(List.of("b", "c"), list(new TransactionFilter(Set.of("Ongoing"), Set.of(), -1, null)));
        assertEquals(List.of("a"), list(new TransactionFilter(Set.of("Empty", "x"), Set.of(), -1, "")));
        assertEquals(List.of(), list(new TransactionFilter(Set.of("x"), Set.of(), -1, null)));
        assertEquals(List.of("b"), list(new TransactionFilter(Set.of(), Set.of(100L, 99L), -1, null)));
        // As in Kafka, one that has no transaction has had none for ever.
        assertEquals(List.of("a", "b"), list(new TransactionFilter(Set.of(), Set.of(), 4999, null)));
        assertEquals(List.of("a"), list(new TransactionFilter(Set.of(), Set.of(), 5000, null)));
        assertEquals(List.of("a", "c"), list(new TransactionFilter(Set.of(), Set.of(), -1, "[ac]")));
        assertEquals(List.of("b"), list(new TransactionFilter(Set.of("Ongoing"), Set.of(100L), 0, "b.*")));
    }

    @Test
    void statesThatNobodyKnowsAreNamed() {
        TransactionListing listing = transactions.inspection.list(
                OneBroker.CLIENT, new TransactionFilter(Set.of("z", "ongoing", "Ongoing"), Set.of(), -1, null));
        assertEquals(List.of("ongoing", "z"), listing.unknownStates());
    }

    @Test
    void aPatternThatIsNoneIsRefused() {
        BrokerException refusal = refusal("(");
        assertEquals(ErrorCode.INVALID_REGULAR_EXPRESSION, refusal.error());
        assertTrue(refusal.getMessage().startsWith("Transaction ID pattern `(` is not a valid regular expression: "));
    }

    @Test
    void aPatternThatWouldTakeForEverIsRefusedToo() {
        transactions.init("a".repeat(60) + "!");
        assertEquals(ErrorCode.INVALID_REGULAR_EXPRESSION, refusal("(a+)+\\1b").error());
        transactions.init("x".repeat(30_000));
        assertEquals(ErrorCode.INVALID_REGULAR_EXPRESSION, refusal("(x|y)*z").error());
    }

    /** However many ids there are: each of these takes less than the most that one may. */
    @Test
    void aPatternThatTakesItsTimeForEachOfManyIsRefused() {
        String pattern = ".*.*.*!";
        for (int i = 0; i < 100; i++) {
            transactions.init(i + "a".repeat(110));
        }
        assertEquals(List.of(), list(new TransactionFilter(Set.of(), Set.of(), -1, pattern)));
        for (int i = 100; i < 200; i++) {
            transactions.init(i + "a".repeat(110));
        }
        assertEquals(ErrorCode.INVALID_REGULAR_EXPRESSION, refusal(pattern).error());
    }

    private BrokerException refusal(String pattern) {
        return assertThrows(BrokerException.class, () -> list(new TransactionFilter(Set.of(), Set.of(), -1, pattern)));
    }

    private List<String> list(TransactionFilter filter) {
        return transactions.inspection.list(OneBroker.CLIENT, filter).transactions().stream()
                .map(Transaction::transactionalId)
                .toList();
    }
}
