package io.strikemq.application.group;

import io.strikemq.application.coordinator.CoordinatorErrors;
import io.strikemq.application.produce.TransactionVerification;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.group.log.CommittedOffset;
import io.strikemq.domain.offset.OffsetCommitted;
import io.strikemq.domain.offset.OffsetsInTransaction;
import io.strikemq.domain.port.in.CommitOffsetsInTransaction;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.produce.ProduceCommand.TransactionSupport;
import io.strikemq.domain.producer.TransactionGuard;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.settings.GroupSettings;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.transaction.AddPartitionsCommand;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Commits offsets with transactions, in Kafka's order: first the transaction's coordinator is asked whether the group's
 * partition of {@code __consumer_offsets} is part of it, or has to make it one; then the group whether the member may.
 */
public final class TransactionalOffsetCommits implements CommitOffsetsInTransaction {
    private final CoordinatedGroups groups;
    private final TransactionVerification verification;
    private final TopicRegistry topics;
    private final GroupSettings settings;
    private final Clock clock;
    private final Executor workers;

    /** {@code workers} run what takes long. */
    public TransactionalOffsetCommits(
            CoordinatedGroups groups,
            TransactionVerification verification,
            TopicRegistry topics,
            GroupSettings settings,
            Clock clock,
            Executor workers) {
        this.groups = groups;
        this.verification = verification;
        this.topics = topics;
        this.settings = settings;
        this.clock = clock;
        this.workers = workers;
    }

    @Override
    public CompletionStage<List<OffsetCommitted>> commit(RequestContext context, OffsetsInTransaction offsets) {
        return groups.whenPrepared(workers, () -> {
            CheckedCommits checked = CheckedCommits.of(offsets.offsets(), topics, settings);
            CompletionStage<ErrorCode> outcome = checked.isAnyThere()
                    ? commit(offsets, checked.good(clock.wallClockMillis()))
                    : CompletableFuture.completedFuture(ErrorCode.NONE);
            return outcome.thenApply(checked::outcomes);
        });
    }

    private CompletionStage<ErrorCode> commit(OffsetsInTransaction offsets, Map<TopicPartition, CommittedOffset> good) {
        String groupId = offsets.member().groupId();
        if (groupId.isEmpty()) {
            return CompletableFuture.completedFuture(ErrorCode.INVALID_GROUP_ID);
        }
        boolean adds = offsets.transaction().addsByProducing();
        GroupLog.TransactionStart start;
        try {
            start = groups.begin(groupId, offsets.producer(), adds);
        } catch (BrokerException e) {
            return CompletableFuture.completedFuture(CoordinatorErrors.afterFailedAppend(e.error()));
        }
        if (start.guard() == TransactionGuard.NOT_NEEDED) {
            return CompletableFuture.completedFuture(commit(offsets, good, start.guard()));
        }
        AddPartitionsCommand question = offsets.transaction().question(offsets.producer(), List.of(start.partition()));
        return verification.verify(question).thenApply(answers -> {
            ErrorCode error = answers.get(start.partition());
            return error == ErrorCode.NONE
                    ? commit(offsets, good, start.guard())
                    : told(error, offsets.transaction().support());
        });
    }

    /** What a client hears instead of the coordinator's own error: older ones know fewer of them. */
    private static ErrorCode told(ErrorCode error, TransactionSupport support) {
        boolean isUnknown =
                error == ErrorCode.TRANSACTION_ABORTABLE && support == TransactionSupport.PARTITIONS_ADDED_BEFORE;
        if (isUnknown) {
            return ErrorCode.INVALID_TXN_STATE;
        }
        return error == ErrorCode.PRODUCER_FENCED
                ? ErrorCode.INVALID_PRODUCER_EPOCH
                : CoordinatorErrors.afterFailedAppend(error);
    }

    /** Whoever claims no generation may call a group into being, as by a plain commit. */
    private ErrorCode commit(
            OffsetsInTransaction offsets, Map<TopicPartition, CommittedOffset> good, TransactionGuard guard) {
        GroupMember member = offsets.member();
        Optional<CoordinatedGroup> group = groups.find(member.groupId());
        if (group.isEmpty() && member.generationId() >= 0) {
            return groups.absence(member.groupId());
        }
        try {
            return group.orElseGet(() -> groups.findOrCreate(member.groupId()))
                    .commit(member, good, offsets.producer(), guard);
        } catch (BrokerException e) {
            return CoordinatorErrors.afterFailedAppend(e.error());
        }
    }
}
