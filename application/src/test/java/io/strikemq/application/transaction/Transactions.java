package io.strikemq.application.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strikemq.application.OneBroker;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.settings.TopicDefaults;
import io.strikemq.domain.settings.TransactionSettings;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.transaction.AddPartitionsCommand;
import io.strikemq.domain.transaction.AddPartitionsCommand.Purpose;
import io.strikemq.domain.transaction.EndTransactionCommand;
import io.strikemq.domain.transaction.Transaction;
import io.strikemq.domain.transaction.TransactionEnded;
import io.strikemq.domain.transaction.TransactionState;
import io.strikemq.domain.transaction.TransactionVersion;
import java.util.List;

/** The transaction coordinator with a time that stands still and a log in memory. Restarts on demand. */
final class Transactions {
    static final TopicPartition ORDERS_0 = new TopicPartition("orders", 0);
    static final TopicPartition ORDERS_1 = new TopicPartition("orders", 1);
    static final int TIMEOUT_MS = 60_000;

    final OneBroker broker = new OneBroker();
    final RememberedTransactionLog log = new RememberedTransactionLog();
    final RememberedMarkers markers = new RememberedMarkers();
    TransactionVersion version = TransactionVersion.V2;
    long nextProducerId = 100;
    BrokerException producerIdFailure;
    /** What the next look at the wall clock comes to, once; null for the time. */
    RuntimeException clockFailure;

    CoordinatedTransactions all;
    TransactionCoordination coordinator;
    TransactionInspection inspection;

    Transactions() {
        broker.topic("orders", 2);
        start();
    }

    private void start() {
        var foundation =
                new CoordinatedTransactions.Foundation(log, markers, () -> version, this::newProducerId, Runnable::run);
        all = new CoordinatedTransactions(TransactionSettings.DEFAULT, foundation, clock(), broker.time);
        all.load();
        coordinator = new TransactionCoordination(
                all,
                TransactionSettings.DEFAULT,
                broker.partitions,
                new ConsumerOffsetsPartitions(broker.topics, TopicDefaults.DEFAULT));
        inspection = new TransactionInspection(all, broker.time);
    }

    private long newProducerId() {
        if (producerIdFailure != null) {
            throw producerIdFailure;
        }
        return nextProducerId++;
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public long wallClockMillis() {
                RuntimeException failure = clockFailure;
                clockFailure = null;
                if (failure != null) {
                    throw failure;
                }
                return broker.time.wallClockMillis();
            }

            @Override
            public long monotonicNanos() {
                return broker.time.monotonicNanos();
            }
        };
    }

    /** The broker stops and comes back: only the log remains. */
    void restart() {
        all.close();
        assertEquals(0, broker.time.pendingDeadlines(), "a coordinator that was closed waits for something");
        start();
    }

    ProducerIdentity init(String id) {
        return coordinator.initialize(id, TIMEOUT_MS, ProducerIdentity.NONE);
    }

    ErrorCode refusedInit(String id, ProducerIdentity current) {
        return assertThrows(BrokerException.class, () -> coordinator.initialize(id, TIMEOUT_MS, current))
                .error();
    }

    ErrorCode add(String id, ProducerIdentity producer, TopicPartition partition) {
        var command = new AddPartitionsCommand(id, producer, List.of(partition), version, Purpose.ADD);
        return coordinator.addPartitions(OneBroker.CLIENT, command).get(partition);
    }

    ErrorCode verify(String id, ProducerIdentity producer, TopicPartition partition, Purpose purpose) {
        return coordinator
                .verify(new AddPartitionsCommand(id, producer, List.of(partition), TransactionVersion.V2, purpose))
                .toCompletableFuture()
                .join()
                .get(partition);
    }

    TransactionEnded end(String id, ProducerIdentity producer, Outcome outcome) {
        return coordinator
                .end(OneBroker.CLIENT, new EndTransactionCommand(id, producer, outcome, version))
                .toCompletableFuture()
                .join();
    }

    TransactionState state(String id) {
        return inspection.describe(OneBroker.CLIENT, id).map(Transaction::state).orElse(null);
    }
}
