package io.strikemq.domain.transaction;

import io.strikemq.domain.topic.TopicPartition;
import java.util.LinkedHashSet;
import java.util.Set;

/** A transaction in the making: the one place where edges of the state table are taken. For one event. */
final class TransactionDraft {
    private final Transaction before;
    private TransactionState state;
    private TransactionProducer producer;
    private int timeoutMs;
    private Set<TopicPartition> partitions;
    private long startMs;
    private TransactionVersion version;

    TransactionDraft(Transaction before) {
        this.before = before;
        this.state = before.state();
        // Kafka notes with each change which id the producer had before it.
        this.producer = before.producer().withPreviousId(before.producer().id());
        this.timeoutMs = before.timeoutMs();
        this.partitions = before.partitions();
        this.startMs = before.startMs();
        this.version = before.version();
    }

    TransactionDraft enter(TransactionState next) {
        if (!next.legalPredecessors().contains(state)) {
            throw new IllegalStateException(
                    "transaction " + before.transactionalId() + " cannot go from " + state + " to " + next);
        }
        state = next;
        return this;
    }

    TransactionProducer producer() {
        return producer;
    }

    TransactionDraft producer(TransactionProducer changed) {
        producer = changed;
        return this;
    }

    TransactionDraft timeout(int newTimeoutMs) {
        timeoutMs = newTimeoutMs;
        return this;
    }

    TransactionDraft adding(Set<TopicPartition> added) {
        Set<TopicPartition> all = new LinkedHashSet<>(partitions);
        all.addAll(added);
        partitions = all;
        return this;
    }

    TransactionDraft withoutPartitions() {
        partitions = Set.of();
        return this;
    }

    TransactionDraft started(long whenMs) {
        startMs = whenMs;
        return this;
    }

    TransactionDraft version(TransactionVersion client) {
        version = client;
        return this;
    }

    Transaction updated(long nowMs) {
        return new Transaction(
                before.transactionalId(), producer, state, timeoutMs, partitions, startMs, nowMs, version);
    }
}
