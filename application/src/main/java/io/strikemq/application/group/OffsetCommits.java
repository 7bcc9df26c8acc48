package io.strikemq.application.group;

import io.strikemq.application.coordinator.CoordinatorErrors;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.Group;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.group.log.CommittedOffset;
import io.strikemq.domain.offset.GroupOffsets;
import io.strikemq.domain.offset.GroupOffsets.Row;
import io.strikemq.domain.offset.GroupOffsetsQuery;
import io.strikemq.domain.offset.GroupOffsetsQuery.Stability;
import io.strikemq.domain.offset.OffsetCommit;
import io.strikemq.domain.offset.OffsetCommitted;
import io.strikemq.domain.offset.OffsetsDeleted;
import io.strikemq.domain.port.in.CommitOffsets;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.settings.GroupSettings;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicRef;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Commits offsets to groups, and tells them again. */
public final class OffsetCommits implements CommitOffsets {
    private final CoordinatedGroups groups;
    private final TopicRegistry topics;
    private final GroupSettings settings;
    private final Clock clock;
    private final Executor workers;

    /** {@code workers} run what takes long. */
    public OffsetCommits(
            CoordinatedGroups groups, TopicRegistry topics, GroupSettings settings, Clock clock, Executor workers) {
        this.groups = groups;
        this.topics = topics;
        this.settings = settings;
        this.clock = clock;
        this.workers = workers;
    }

    /** What is wrong with one partition is said of it alone; what is wrong with the member, of all that are there. */
    @Override
    public CompletionStage<List<OffsetCommitted>> commit(
            RequestContext context, GroupMember member, boolean knowsEpochs, List<OffsetCommit> offsets) {
        return groups.whenPrepared(
                workers, () -> CompletableFuture.completedFuture(commitPrepared(member, knowsEpochs, offsets)));
    }

    private List<OffsetCommitted> commitPrepared(GroupMember member, boolean knowsEpochs, List<OffsetCommit> offsets) {
        CheckedCommits checked = CheckedCommits.of(offsets, topics, settings);
        return checked.outcomes(
                checked.isAnyThere()
                        ? commit(member, knowsEpochs, checked.good(clock.wallClockMillis()))
                        : ErrorCode.NONE);
    }

    /** Whoever claims no generation may call a group into being: it uses the broker for its offsets only. */
    private ErrorCode commit(GroupMember member, boolean knowsEpochs, Map<TopicPartition, CommittedOffset> good) {
        Optional<CoordinatedGroup> group = groups.find(member.groupId());
        if (group.isEmpty() && member.generationId() >= 0) {
            return groups.absence(member.groupId());
        }
        try {
            return group.orElseGet(() -> groups.findOrCreate(member.groupId())).commit(member, knowsEpochs, good);
        } catch (BrokerException e) {
            return CoordinatorErrors.afterFailedAppend(e.error());
        }
    }

    @Override
    public GroupOffsets committed(RequestContext context, GroupOffsetsQuery query) {
        return groups.find(query.groupId())
                .map(found -> found.inspect((group, offsets) -> committed(query, group, offsets)))
                .orElseGet(() -> new GroupOffsets(query.groupId(), ErrorCode.NONE, rows(query, new OffsetTable())));
    }

    private GroupOffsets committed(GroupOffsetsQuery query, Group group, OffsetTable offsets) {
        if (group.isDead()) {
            return new GroupOffsets(query.groupId(), ErrorCode.NONE, rows(query, new OffsetTable()));
        }
        ErrorCode allowed = group.fetchAllowed(query.memberId(), query.memberEpoch());
        return new GroupOffsets(query.groupId(), allowed, allowed == ErrorCode.NONE ? rows(query, offsets) : List.of());
    }

    @Override
    public OffsetsDeleted delete(RequestContext context, String groupId, List<TopicPartition> partitions) {
        if (groupId.isEmpty()) {
            return OffsetsDeleted.refused(ErrorCode.INVALID_GROUP_ID);
        }
        Optional<CoordinatedGroup> group = groups.find(groupId);
        if (group.isEmpty()) {
            return OffsetsDeleted.refused(ErrorCode.GROUP_ID_NOT_FOUND);
        }
        OffsetsDeleted outcome = group.get()
                .deleteOffsets(partitions.stream().filter(this::exists).toList());
        if (outcome.error() != ErrorCode.NONE) {
            return outcome;
        }
        Iterator<OffsetCommitted> ofExisting = outcome.rows().iterator();
        return new OffsetsDeleted(
                ErrorCode.NONE,
                partitions.stream()
                        .map(partition -> exists(partition)
                                ? ofExisting.next()
                                : new OffsetCommitted(
                                        TopicRef.byName(partition.topic()),
                                        partition.partition(),
                                        ErrorCode.UNKNOWN_TOPIC_OR_PARTITION))
                        .toList());
    }

    private boolean exists(TopicPartition partition) {
        return topics.find(partition.topic())
                .filter(topic -> partition.partition() >= 0 && partition.partition() < topic.partitionCount())
                .isPresent();
    }

    private List<Row> rows(GroupOffsetsQuery query, OffsetTable offsets) {
        if (query.partitions() == null) {
            return offsets.partitions().stream()
                    .map(each -> new GroupOffsetsQuery.Partition(TopicRef.byName(each.topic()), each.partition()))
                    .map(each -> row(each, offsets, query.stability()))
                    .toList();
        }
        return query.partitions().stream()
                .map(asked -> row(asked, offsets, query.stability()))
                .toList();
    }

    private Row row(GroupOffsetsQuery.Partition asked, OffsetTable offsets, Stability stability) {
        TopicRef ref = asked.topic();
        Topic topic = topics.find(ref).orElse(null);
        if (topic == null && ref.isById()) {
            return new Row(ref, asked.partition(), -1, -1, "", ErrorCode.UNKNOWN_TOPIC_ID);
        }
        String name = topic == null ? ref.name() : topic.name();
        TopicPartition partition = new TopicPartition(name, asked.partition());
        if (stability == Stability.STABLE_ONLY && offsets.isPending(partition)) {
            return unstable(ref, asked.partition());
        }
        CommittedOffset found = offsets.find(partition);
        boolean ofAnother = found != null
                && topic != null
                && found.topicId() != null
                && !found.topicId().equals(topic.id());
        return row(ref, asked.partition(), ofAnother ? null : found);
    }

    private static Row unstable(TopicRef ref, int partition) {
        return new Row(ref, partition, -1, -1, "", ErrorCode.UNSTABLE_OFFSET_COMMIT);
    }

    private static Row row(TopicRef ref, int partition, CommittedOffset offset) {
        return offset == null
                ? new Row(ref, partition, -1, -1, "", ErrorCode.NONE)
                : new Row(ref, partition, offset.offset(), offset.leaderEpoch(), offset.metadata(), ErrorCode.NONE);
    }
}
