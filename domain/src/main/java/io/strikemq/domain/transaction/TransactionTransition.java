package io.strikemq.domain.transaction;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.transaction.TransactionEffect.Answer;
import io.strikemq.domain.transaction.TransactionEffect.NeedProducerId;
import java.util.List;

/** What an event made of a transaction, and what is to be done now. */
public record TransactionTransition(Transaction next, List<TransactionEffect> effects) {
    public TransactionTransition {
        effects = List.copyOf(effects);
    }

    static TransactionTransition to(Transaction next, TransactionEffect... effects) {
        return new TransactionTransition(next, List.of(effects));
    }

    static TransactionTransition none(Transaction same) {
        return new TransactionTransition(same, List.of());
    }

    static TransactionTransition refused(Transaction same, ErrorCode error) {
        return to(same, new Answer(error, ProducerIdentity.NONE));
    }

    /** It is as the producer wants it already. */
    static TransactionTransition settled(Transaction same) {
        return to(same, new Answer(ErrorCode.NONE, same.producer().identity()));
    }

    static TransactionTransition needsProducerId(Transaction same) {
        return to(same, new NeedProducerId());
    }
}
