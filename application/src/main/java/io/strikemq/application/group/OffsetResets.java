package io.strikemq.application.group;

import io.strikemq.application.topic.Repetition;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.IsolationLevel;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.group.classic.ClassicGroupState;
import io.strikemq.domain.group.classic.GroupDescription;
import io.strikemq.domain.group.consumer.ConsumerGroupDescription;
import io.strikemq.domain.offset.GroupOffsets;
import io.strikemq.domain.offset.GroupOffsetsQuery;
import io.strikemq.domain.offset.GroupOffsetsQuery.Stability;
import io.strikemq.domain.offset.LogMarks;
import io.strikemq.domain.offset.OffsetCommit;
import io.strikemq.domain.offset.OffsetCommitted;
import io.strikemq.domain.offset.OffsetFound;
import io.strikemq.domain.offset.OffsetQuery;
import io.strikemq.domain.offset.OffsetReset;
import io.strikemq.domain.offset.PartitionReset;
import io.strikemq.domain.offset.ResetTarget;
import io.strikemq.domain.port.in.CommitOffsets;
import io.strikemq.domain.port.in.InspectGroups;
import io.strikemq.domain.port.in.LookUpOffsets;
import io.strikemq.domain.port.in.ResetOffsets;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicRef;
import io.strikemq.domain.topic.admin.Mode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Resets offsets by what any client may do from outside of a group: describe it, read its offsets, look up others, commit.
 * So a group takes part in a reset no more than in a commit, and refuses one where a member has come meanwhile. Only a reset that says what
 * is to become of members goes past that.
 */
public final class OffsetResets implements ResetOffsets {
    private final InspectGroups groups;
    private final CommitOffsets commits;
    private final CommitsUnderMembers commitsUnderMembers;
    private final LookUpOffsets logs;
    private final TopicRegistry topics;

    /** {@code commitsUnderMembers}: for resets that do not mind members. */
    public OffsetResets(
            InspectGroups groups,
            CommitOffsets commits,
            CommitsUnderMembers commitsUnderMembers,
            LookUpOffsets logs,
            TopicRegistry topics) {
        this.groups = groups;
        this.commits = commits;
        this.commitsUnderMembers = commitsUnderMembers;
        this.logs = logs;
        this.topics = topics;
    }

    @Override
    public CompletionStage<List<PartitionReset>> reset(RequestContext context, OffsetReset reset) {
        try {
            if (reset.members() == OffsetReset.Members.REFUSED) {
                refuseActive(context, reset.groupId());
            }
            Map<TopicPartition, Long> committed = committed(context, reset.groupId());
            List<TopicPartition> partitions = reset.topics() == null
                    ? committedOnes(reset.groupId(), committed)
                    : reset.topics().stream().flatMap(this::partitionsOf).toList();
            check(partitions);
            CompletionStage<List<PartitionReset>> plan = plan(context, reset.target(), partitions, committed);
            return reset.mode() == Mode.APPLY ? plan.thenCompose(resets -> commit(context, reset, resets)) : plan;
        } catch (BrokerException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private void refuseActive(RequestContext context, String groupId) {
        String state = state(context, groupId);
        if (!state.equals(ClassicGroupState.EMPTY.kafkaName()) && !state.equals(ClassicGroupState.DEAD.kafkaName())) {
            throw active(groupId, state);
        }
    }

    private static BrokerException active(String groupId, String state) {
        return new BrokerException(
                ErrorCode.NON_EMPTY_GROUP,
                "Assignments can only be reset if the group '" + groupId + "' is inactive, but the current state is "
                        + state + ".");
    }

    /** The state's name, which for groups without members is the same in both protocols; Dead for a group that is not there. */
    private String state(RequestContext context, String groupId) {
        GroupDescription classic = groups.describe(context, groupId);
        if (classic.error() == ErrorCode.NONE) {
            return classic.state();
        }
        ConsumerGroupDescription consumers = groups.describeConsumerGroup(context, groupId);
        return consumers.error() == ErrorCode.NONE ? consumers.state() : ClassicGroupState.DEAD.kafkaName();
    }

    private Map<TopicPartition, Long> committed(RequestContext context, String groupId) {
        GroupOffsets offsets =
                commits.committed(context, new GroupOffsetsQuery(groupId, null, -1, null, Stability.ANY));
        Map<TopicPartition, Long> committed = new LinkedHashMap<>();
        for (GroupOffsets.Row row : offsets.rows()) {
            if (row.error() == ErrorCode.NONE && row.offset() >= 0) {
                committed.put(new TopicPartition(row.topic().name(), row.partition()), row.offset());
            }
        }
        return committed;
    }

    private List<TopicPartition> committedOnes(String groupId, Map<TopicPartition, Long> committed) {
        if (!groups.exists(groupId)) {
            throw new BrokerException(ErrorCode.GROUP_ID_NOT_FOUND, "Group " + groupId + " not found.");
        }
        return List.copyOf(committed.keySet());
    }

    private Stream<TopicPartition> partitionsOf(OffsetReset.Topic named) {
        if (named.partitions() != null) {
            return named.partitions().stream().map(partition -> new TopicPartition(named.name(), partition));
        }
        Topic topic = topics.find(named.name())
                .orElseThrow(() -> new BrokerException(
                        ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "Topic '" + named.name() + "' does not exist."));
        return IntStream.range(0, topic.partitionCount())
                .mapToObj(partition -> new TopicPartition(named.name(), partition));
    }

    private void check(List<TopicPartition> partitions) {
        List<TopicPartition> missing =
                partitions.stream().filter(partition -> !exists(partition)).toList();
        if (!missing.isEmpty()) {
            throw new BrokerException(
                    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "The partitions \"" + names(missing) + "\" do not exist");
        }
        Set<TopicPartition> repeated = Repetition.repeated(partitions, partition -> partition);
        if (!repeated.isEmpty()) {
            throw new BrokerException(
                    ErrorCode.INVALID_REQUEST,
                    "The partitions \"" + names(List.copyOf(repeated)) + "\" are named more than once");
        }
    }

    private boolean exists(TopicPartition partition) {
        return topics.find(partition.topic())
                .filter(topic -> partition.partition() >= 0 && partition.partition() < topic.partitionCount())
                .isPresent();
    }

    private static String names(List<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::toString).collect(Collectors.joining(","));
    }

    private CompletionStage<List<PartitionReset>> plan(
            RequestContext context,
            ResetTarget target,
            List<TopicPartition> partitions,
            Map<TopicPartition, Long> committed) {
        return marks(context, target, partitions)
                .thenApply(marks -> IntStream.range(0, partitions.size())
                        .mapToObj(i -> target.in(
                                partitions.get(i),
                                committed.getOrDefault(partitions.get(i), PartitionReset.NOTHING),
                                marks.get(i)))
                        .toList());
    }

    /** One look-up for each mark of all partitions: a request that names a partition twice is refused. */
    private CompletionStage<List<LogMarks>> marks(
            RequestContext context, ResetTarget target, List<TopicPartition> partitions) {
        CompletionStage<List<Long>> atTime = target.kind() == ResetTarget.Kind.TIME
                ? lookUp(context, partitions, target.value())
                : CompletableFuture.completedFuture(Collections.nCopies(partitions.size(), LogMarks.NONE));
        // The ends are asked for last, so that none of them lies before what was found.
        return atTime.thenCompose(found -> lookUp(context, partitions, OffsetQuery.EARLIEST)
                .thenCompose(starts -> lookUp(context, partitions, OffsetQuery.LATEST)
                        .thenApply(ends -> IntStream.range(0, partitions.size())
                                .mapToObj(i -> new LogMarks(starts.get(i), ends.get(i), found.get(i)))
                                .toList())));
    }

    private CompletionStage<List<Long>> lookUp(RequestContext context, List<TopicPartition> partitions, long which) {
        List<OffsetQuery> queries = partitions.stream()
                .map(partition -> new OffsetQuery(partition, -1, which))
                .toList();
        return logs.lookUp(context, IsolationLevel.READ_UNCOMMITTED, queries)
                .thenApply(all -> all.stream().map(OffsetResets::offset).toList());
    }

    private static long offset(OffsetFound found) {
        if (found.error() != ErrorCode.NONE) {
            throw new BrokerException(
                    found.error(), "The offsets of " + found.partition() + " cannot be told: " + found.error());
        }
        return found.offset();
    }

    private CompletionStage<List<PartitionReset>> commit(
            RequestContext context, OffsetReset reset, List<PartitionReset> resets) {
        String groupId = reset.groupId();
        List<OffsetCommit> offsets = resets.stream().map(OffsetResets::toCommit).toList();
        CompletionStage<List<OffsetCommitted>> committed = switch (reset.members()) {
            case REFUSED -> commits.commit(context, new GroupMember(groupId, -1, "", null), true, offsets);
            case KEPT, EXPELLED -> commitsUnderMembers.commit(groupId, reset.members(), offsets);
        };
        return committed.thenApply(outcomes -> {
            refuseFailed(context, groupId, outcomes);
            return resets;
        });
    }

    /** As Kafka's tool commits: without an epoch, and what a member had noted is gone. */
    private static OffsetCommit toCommit(PartitionReset reset) {
        TopicPartition partition = reset.partition();
        return new OffsetCommit(
                TopicRef.byName(partition.topic()), partition.partition(), reset.after(), -1, "", -1, -1);
    }

    private void refuseFailed(RequestContext context, String groupId, List<OffsetCommitted> outcomes) {
        List<TopicPartition> failed = new ArrayList<>();
        ErrorCode error = ErrorCode.NONE;
        for (OffsetCommitted outcome : outcomes) {
            if (outcome.error() != ErrorCode.NONE) {
                failed.add(new TopicPartition(outcome.topic().name(), outcome.partition()));
                error = outcome.error();
            }
        }
        if (error == ErrorCode.UNKNOWN_MEMBER_ID) {
            throw active(groupId, state(context, groupId));
        }
        if (error != ErrorCode.NONE) {
            String others = failed.size() < outcomes.size() ? "; those of the others are" : "";
            throw new BrokerException(
                    error, "The offsets of \"" + names(failed) + "\" are not committed: " + error + others);
        }
    }
}
