package io.strikemq.application.group;

import io.strikemq.application.coordinator.CoordinatorErrors;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.offset.OffsetCommit;
import io.strikemq.domain.offset.OffsetCommitted;
import io.strikemq.domain.offset.OffsetReset.Members;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.settings.GroupSettings;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Commits offsets to a group that has members, which Kafka lets nobody do who is none of them. */
public final class CommitsUnderMembers {
    private final CoordinatedGroups groups;
    private final TopicRegistry topics;
    private final GroupSettings settings;
    private final Clock clock;
    private final Executor workers;

    /** {@code workers} run what takes long. */
    public CommitsUnderMembers(
            CoordinatedGroups groups, TopicRegistry topics, GroupSettings settings, Clock clock, Executor workers) {
        this.groups = groups;
        this.topics = topics;
        this.settings = settings;
        this.clock = clock;
        this.workers = workers;
    }

    /** All or none. */
    CompletionStage<List<OffsetCommitted>> commit(String groupId, Members members, List<OffsetCommit> offsets) {
        return groups.whenPrepared(
                workers, () -> CompletableFuture.completedFuture(commitPrepared(groupId, members, offsets)));
    }

    private List<OffsetCommitted> commitPrepared(String groupId, Members members, List<OffsetCommit> offsets) {
        CheckedCommits checked = CheckedCommits.of(offsets, topics, settings);
        return checked.outcomes(checked.isAnyThere() ? commit(groupId, members, checked) : ErrorCode.NONE);
    }

    private ErrorCode commit(String groupId, Members members, CheckedCommits checked) {
        try {
            return groups.findOrCreate(groupId).commitUnder(members, checked.good(clock.wallClockMillis()));
        } catch (BrokerException e) {
            return CoordinatorErrors.afterFailedAppend(e.error());
        }
    }
}
