package io.strikemq.application.transaction;

import io.strikemq.application.OneBroker;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.WriteTransactionMarkers;
import io.strikemq.domain.port.out.ManualTime;
import io.strikemq.domain.producer.MarkerCommand;
import io.strikemq.domain.producer.MarkersWritten;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.settings.TopicDefaults;
import io.strikemq.domain.settings.TransactionSettings;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.transaction.AddPartitionsCommand;
import io.strikemq.domain.transaction.AddPartitionsCommand.Purpose;
import io.strikemq.domain.transaction.EndTransactionCommand;
import io.strikemq.domain.transaction.TransactionEnded;
import io.strikemq.domain.transaction.TransactionVersion;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A coordinator and the partitions of its transactions, whose process dies between any two things that it does for good:
 * before or after an append to its log, before or after a marker. What was done stays; the next request meets a new process.
 */
final class CrashingBroker implements WriteTransactionMarkers {
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    final TransactionVersion version;
    final ModelPartitions partitions = new ModelPartitions();
    private final RememberedTransactionLog log = new RememberedTransactionLog(this::maybeDie);
    private ManualTime time = new ManualTime();
    private Duration passed = Duration.ZERO;
    private long nextProducerId = 100;
    private int stepsToLive = Integer.MAX_VALUE;
    private boolean dead = true;
    private CoordinatedTransactions all;
    private TransactionCoordination coordinator;

    CrashingBroker(TransactionVersion version) {
        this.version = version;
    }

    /** Lets the process die at the step of this number, counted from now. */
    void dieAfter(int steps) {
        stepsToLive = steps;
    }

    private void maybeDie() {
        if (dead || --stepsToLive <= 0) {
            dead = true;
            throw new Death();
        }
    }

    /** A request and its answer; empty when it was lost, with all or nothing done. */
    <T> T ask(Supplier<T> request, T lost) {
        reviveIfDead();
        try {
            T answer = request.get();
            return dead ? lost : answer;
        } catch (Death death) {
            return lost;
        }
    }

    void reviveIfDead() {
        while (dead) {
            dead = false;
            stepsToLive = stepsToLive <= 0 ? Integer.MAX_VALUE : stepsToLive;
            time = new ManualTime();
            time.advance(passed);
            var foundation = new CoordinatedTransactions.Foundation(
                    log, this, () -> version, () -> nextProducerId++, Runnable::run);
            all = new CoordinatedTransactions(TransactionSettings.DEFAULT, foundation, time, time);
            coordinator = new TransactionCoordination(
                    all,
                    TransactionSettings.DEFAULT,
                    new OneBroker().partitions,
                    new ConsumerOffsetsPartitions(new OneBroker().topics, TopicDefaults.DEFAULT));
            try {
                all.load();
            } catch (Death again) {
                dead = true;
            }
        }
    }

    void pass(Duration duration) {
        reviveIfDead();
        try {
            time.advance(duration);
        } catch (Death death) {
            // The rest of the time passes without a process.
        }
        passed = passed.plus(duration);
    }

    Initialized init(String id, ProducerIdentity current) {
        return ask(
                () -> {
                    try {
                        return new Initialized(ErrorCode.NONE, coordinator.initialize(id, 60_000, current));
                    } catch (BrokerException refusal) {
                        return new Initialized(refusal.error(), ProducerIdentity.NONE);
                    }
                },
                null);
    }

    /** The answer to a producer that wants to begin. */
    record Initialized(ErrorCode error, ProducerIdentity producer) {}

    ErrorCode add(String id, ProducerIdentity producer, TopicPartition partition) {
        AddPartitionsCommand question =
                new AddPartitionsCommand(id, producer, List.of(partition), TransactionVersion.V2, Purpose.ADD);
        return ask(
                () -> coordinator.verify(question).toCompletableFuture().join().get(partition), null);
    }

    TransactionEnded end(String id, ProducerIdentity producer, Outcome outcome) {
        return ask(
                () -> coordinator
                        .end(OneBroker.CLIENT, new EndTransactionCommand(id, producer, outcome, version))
                        .toCompletableFuture()
                        .join(),
                null);
    }

    @Override
    public CompletionStage<List<MarkersWritten>> write(RequestContext context, List<MarkerCommand> commands) {
        MarkerCommand command = commands.get(0);
        Map<TopicPartition, ErrorCode> errors = new LinkedHashMap<>();
        for (TopicPartition partition : command.partitions()) {
            maybeDie();
            errors.put(partition, partitions.mark(partition, command.marker()));
            maybeDie();
        }
        return CompletableFuture.completedFuture(
                List.of(new MarkersWritten(command.marker().producer().id(), errors)));
    }
}
