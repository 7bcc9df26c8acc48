package io.strikemq.application.transaction;

import io.strikemq.domain.port.in.InspectTransactions;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.transaction.Transaction;
import io.strikemq.domain.transaction.TransactionFilter;
import io.strikemq.domain.transaction.TransactionListing;
import io.strikemq.domain.transaction.TransactionState;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Lists and describes the transactions of the coordinator. */
public final class TransactionInspection implements InspectTransactions {
    private final CoordinatedTransactions transactions;
    private final Clock clock;

    public TransactionInspection(CoordinatedTransactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public TransactionListing list(RequestContext context, TransactionFilter filter) {
        Set<TransactionState> states = EnumSet.noneOf(TransactionState.class);
        filter.states().forEach(name -> TransactionState.ofKafkaName(name).ifPresent(states::add));
        List<String> unknown = filter.states().stream()
                .filter(name -> TransactionState.ofKafkaName(name).isEmpty())
                .sorted()
                .toList();
        Predicate<String> pattern = pattern(filter.pattern());
        long now = clock.wallClockMillis();
        List<Transaction> passing = transactions.all().stream()
                .filter(each -> filter.states().isEmpty() || states.contains(each.state()))
                .filter(each -> filter.producerIds().isEmpty()
                        || filter.producerIds().contains(each.producer().id()))
                .filter(each -> filter.longerThanMs() < 0 || now - each.startMs() > filter.longerThanMs())
                .filter(each -> pattern.test(each.transactionalId()))
                .toList();
        return new TransactionListing(passing, unknown);
    }

    private static Predicate<String> pattern(String text) {
        return text == null || text.isEmpty() ? id -> true : new PatientPattern(text);
    }

    @Override
    public Optional<Transaction> describe(RequestContext context, String transactionalId) {
        return transactions
                .find(transactionalId)
                .filter(found -> !found.isDead())
                .map(CoordinatedTransaction::now);
    }
}
