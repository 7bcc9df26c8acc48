package io.strikemq.domain.transaction;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.transaction.TransactionEffect.Answer;
import java.util.OptionalLong;
import java.util.Set;

/** A transactional id "t" that belongs to producer 7, and what is done with it. */
final class TransactionFixture {
    static final TopicPartition ORDERS_0 = new TopicPartition("orders", 0);
    static final TopicPartition ORDERS_1 = new TopicPartition("orders", 1);
    static final long NOW = 1_000_000;

    Transaction transaction;
    TransactionTransition last;

    TransactionFixture(Transaction transaction) {
        this.transaction = transaction;
    }

    /** Producer 7 with epoch 5, which had epoch 4 before, in a state of its id. */
    static Transaction in(TransactionState state) {
        return in(state, (short) 5, (short) 4);
    }

    static Transaction in(TransactionState state, short epoch, short lastEpoch) {
        boolean hasPartitions = state == TransactionState.ONGOING || state.isPrepared();
        return new Transaction(
                "t",
                new TransactionProducer(7, epoch, 7, -1, lastEpoch),
                state,
                60_000,
                hasPartitions ? Set.of(ORDERS_0) : Set.of(),
                state == TransactionState.EMPTY ? Transaction.NEVER : NOW - 1000,
                NOW - 500,
                TransactionVersion.V2);
    }

    ErrorCode apply(TransactionEvent event) {
        return apply(event, OptionalLong.empty());
    }

    /** With a fresh producer id of 99 in hand. */
    ErrorCode applyWithFreshId(TransactionEvent event) {
        return apply(event, OptionalLong.of(99));
    }

    private ErrorCode apply(TransactionEvent event, OptionalLong freshId) {
        last = TransactionRules.apply(transaction, event, freshId, NOW);
        transaction = last.next();
        return answer() == null ? null : answer().error();
    }

    Answer answer() {
        return effect(Answer.class);
    }

    <T> T effect(Class<T> kind) {
        return last.effects().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElse(null);
    }

    static TransactionEvent.Initialize begins() {
        return goesOn(-1, -1);
    }

    static TransactionEvent.Initialize goesOn(long id, int epoch) {
        return new TransactionEvent.Initialize(30_000, producer(id, epoch), TransactionVersion.V2);
    }

    static TransactionEvent.AddPartitions adds(ProducerIdentity producer, TopicPartition... partitions) {
        return new TransactionEvent.AddPartitions(producer, Set.of(partitions), TransactionVersion.V2);
    }

    static TransactionEvent.End ends(ProducerIdentity producer, Outcome outcome, TransactionVersion version) {
        return new TransactionEvent.End(producer, outcome, version);
    }

    static ProducerIdentity producer(long id, int epoch) {
        return new ProducerIdentity(id, (short) epoch);
    }
}
