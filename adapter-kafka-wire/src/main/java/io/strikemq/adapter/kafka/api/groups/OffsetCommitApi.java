package io.strikemq.adapter.kafka.api.groups;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.OffsetCommitRequest;
import io.strikemq.adapter.kafka.message.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.strikemq.adapter.kafka.message.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.strikemq.adapter.kafka.message.OffsetCommitResponse;
import io.strikemq.adapter.kafka.message.OffsetCommitResponse.OffsetCommitResponsePartition;
import io.strikemq.adapter.kafka.message.OffsetCommitResponse.OffsetCommitResponseTopic;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.offset.OffsetCommit;
import io.strikemq.domain.offset.OffsetCommitted;
import io.strikemq.domain.port.in.CommitOffsets;
import io.strikemq.domain.topic.TopicRef;
import java.util.ArrayList;
import java.util.List;

/**
 * OffsetCommit, versions 0 to 10.
 *
 * <p>Version 1 names the member and, it alone, the time of the commit; 2 to 4 say how long to keep the offset (after
 * that KIP-211 rules); 6 brings the leader epoch (KIP-320), 7 static members (KIP-345), 9 members of the
 * consumer protocol (KIP-848), 10 topic ids. Version 0, which
 * Kafka kept in ZooKeeper and has dropped with 1, commits as a client outside the group protocol does.
 */
public final class OffsetCommitApi extends Api<OffsetCommitRequest> {
    private static final short FIRST_WITH_MISSING_GROUPS = 9;
    private static final short FIRST_BY_ID = 10;

    private final CommitOffsets commitOffsets;

    public OffsetCommitApi(CommitOffsets commitOffsets) {
        super(ApiKey.OFFSET_COMMIT, OffsetCommitRequest::read);
        this.commitOffsets = commitOffsets;
    }

    @Override
    public void handle(ApiCall<OffsetCommitRequest> call) {
        OffsetCommitRequest request = call.request();
        GroupMember member = new GroupMember(
                request.groupId(), request.generationIdOrMemberEpoch(), request.memberId(), request.groupInstanceId());
        call.replyWhen(
                commitOffsets.commit(
                        call.context(),
                        member,
                        call.version() >= FIRST_WITH_MISSING_GROUPS,
                        commits(request, call.version())),
                results -> response(request, call.version(), results));
    }

    private static List<OffsetCommit> commits(OffsetCommitRequest request, short version) {
        List<OffsetCommit> commits = new ArrayList<>();
        for (OffsetCommitRequestTopic topic : request.topics()) {
            TopicRef ref = version >= FIRST_BY_ID ? TopicRef.byId(topic.topicId()) : TopicRef.byName(topic.name());
            for (OffsetCommitRequestPartition partition : topic.partitions()) {
                commits.add(new OffsetCommit(
                        ref,
                        partition.partitionIndex(),
                        partition.committedOffset(),
                        partition.committedLeaderEpoch(),
                        partition.committedMetadata(),
                        partition.commitTimestamp(),
                        request.retentionTimeMs()));
            }
        }
        return commits;
    }

    private static OffsetCommitResponse response(
            OffsetCommitRequest request, short version, List<OffsetCommitted> results) {
        List<List<OffsetCommitted>> topics = OutcomesByTopic.of(
                request.topics().stream().mapToInt(topic -> topic.partitions().size()), results);
        return OffsetCommitResponse.builder()
                .topics(each(topics, topic -> topic(topic, version)))
                .build();
    }

    private static OffsetCommitResponseTopic topic(List<OffsetCommitted> results, short version) {
        TopicRef topic = results.get(0).topic();
        OffsetCommitResponseTopic.Builder answer = OffsetCommitResponseTopic.builder();
        return (topic.isById() ? answer.topicId(topic.id()) : answer.name(topic.name()))
                .partitions(each(results, each -> partition(each.partition(), knownTo(version, each.error()))))
                .build();
    }

    /** Before version 9 clients know no missing group: they are told of its generation. */
    private static ErrorCode knownTo(short version, ErrorCode error) {
        boolean replaced = version < FIRST_WITH_MISSING_GROUPS && error == ErrorCode.GROUP_ID_NOT_FOUND;
        return replaced ? ErrorCode.ILLEGAL_GENERATION : error;
    }

    private static OffsetCommitResponseTopic topic(
            OffsetCommitRequestTopic topic, List<OffsetCommitResponsePartition> partitions) {
        return OffsetCommitResponseTopic.builder()
                .name(topic.name())
                .topicId(topic.topicId())
                .partitions(partitions)
                .build();
    }

    private static OffsetCommitResponsePartition partition(int partition, ErrorCode error) {
        return OffsetCommitResponsePartition.builder()
                .partitionIndex(partition)
                .errorCode(error.code())
                .build();
    }

    @Override
    public OffsetCommitResponse refusal(OffsetCommitRequest request, short version, ErrorCode error, String message) {
        return OffsetCommitResponse.builder()
                .topics(each(
                        request.topics(),
                        topic -> topic(
                                topic, each(topic.partitions(), each -> partition(each.partitionIndex(), error)))))
                .build();
    }
}
