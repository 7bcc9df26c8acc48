package io.strikemq.application.produce;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.transaction.AddPartitionsCommand;
import io.strikemq.domain.transaction.AddPartitionsCommand.Purpose;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Asks again for a moment while the producer's transaction before is still being ended: a producer of transaction version
 * 2 begins the next one at once, and mostly that takes less time than its own patience.
 */
public final class PatientVerification implements TransactionVerification {
    /** Kafka's add.partitions.to.txn.retry.backoff.ms and its maximum. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final Duration PATIENCE = Duration.ofMillis(100);

    private static final int PAUSES = (int) PATIENCE.dividedBy(PAUSE);

    private final TransactionVerification verification;
    private final Deadlines deadlines;

    /** Asks {@code verification}. */
    public PatientVerification(TransactionVerification verification, Deadlines deadlines) {
        this.verification = verification;
        this.deadlines = deadlines;
    }

    @Override
    public CompletionStage<Map<TopicPartition, ErrorCode>> verify(AddPartitionsCommand question) {
        return question.purpose() == Purpose.ADD ? verify(question, PAUSES) : verification.verify(question);
    }

    private CompletionStage<Map<TopicPartition, ErrorCode>> verify(AddPartitionsCommand question, int pauses) {
        return verification.verify(question).thenCompose(answers -> {
            boolean isEarly = answers.containsValue(ErrorCode.CONCURRENT_TRANSACTIONS) && pauses > 0;
            return isEarly ? later(question, pauses - 1) : CompletableFuture.completedFuture(answers);
        });
    }

    private CompletionStage<Map<TopicPartition, ErrorCode>> later(AddPartitionsCommand question, int pauses) {
        CompletableFuture<Void> paused = new CompletableFuture<>();
        deadlines.pause(PAUSE, () -> paused.complete(null));
        return paused.thenCompose(nothing -> verify(question, pauses));
    }
}
