package io.strikemq.adapter.kafka.api.groups;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.TxnOffsetCommitRequest;
import io.strikemq.adapter.kafka.message.TxnOffsetCommitRequest.TxnOffsetCommitRequestPartition;
import io.strikemq.adapter.kafka.message.TxnOffsetCommitRequest.TxnOffsetCommitRequestTopic;
import io.strikemq.adapter.kafka.message.TxnOffsetCommitResponse;
import io.strikemq.adapter.kafka.message.TxnOffsetCommitResponse.TxnOffsetCommitResponsePartition;
import io.strikemq.adapter.kafka.message.TxnOffsetCommitResponse.TxnOffsetCommitResponseTopic;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.offset.OffsetCommit;
import io.strikemq.domain.offset.OffsetCommitted;
import io.strikemq.domain.offset.OffsetsInTransaction;
import io.strikemq.domain.port.in.CommitOffsetsInTransaction;
import io.strikemq.domain.produce.ProduceCommand.Transaction;
import io.strikemq.domain.produce.ProduceCommand.TransactionSupport;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.topic.TopicRef;
import java.util.ArrayList;
import java.util.List;

/**
 * TxnOffsetCommit, versions 0 to 6 (KIP-98).
 *
 * <p>Version 2 brings the leader epoch (KIP-320), 3 the member, so that the group fences it (KIP-447), 4 knows
 * TRANSACTION_ABORTABLE, 5 adds the group's offsets to the transaction by itself (KIP-890), 6 names topics by id and knows
 * GROUP_ID_NOT_FOUND (KIP-1319).
 */
public final class TxnOffsetCommitApi extends Api<TxnOffsetCommitRequest> {
    private static final short FIRST_WITH_ABORTABLE = 4;
    private static final short FIRST_ADDING_OFFSETS = 5;
    private static final short FIRST_BY_ID = 6;

    private final CommitOffsetsInTransaction commitOffsets;

    public TxnOffsetCommitApi(CommitOffsetsInTransaction commitOffsets) {
        super(ApiKey.TXN_OFFSET_COMMIT, TxnOffsetCommitRequest::read);
        this.commitOffsets = commitOffsets;
    }

    @Override
    public void handle(ApiCall<TxnOffsetCommitRequest> call) {
        TxnOffsetCommitRequest request = call.request();
        OffsetsInTransaction offsets = new OffsetsInTransaction(
                new Transaction(request.transactionalId(), support(call.version())),
                new ProducerIdentity(request.producerId(), request.producerEpoch()),
                new GroupMember(
                        request.groupId(),
                        request.generationIdOrMemberEpoch(),
                        request.memberId(),
                        request.groupInstanceId()),
                commits(request, call.version()));
        call.replyWhen(
                commitOffsets.commit(call.context(), offsets), results -> response(request, call.version(), results));
    }

    private static TransactionSupport support(short version) {
        if (version >= FIRST_ADDING_OFFSETS) {
            return TransactionSupport.PARTITIONS_ADDED_BY_PRODUCING;
        }
        return version >= FIRST_WITH_ABORTABLE
                ? TransactionSupport.ABORTABLE_ERRORS
                : TransactionSupport.PARTITIONS_ADDED_BEFORE;
    }

    private static List<OffsetCommit> commits(TxnOffsetCommitRequest request, short version) {
        List<OffsetCommit> commits = new ArrayList<>();
        for (TxnOffsetCommitRequestTopic topic : request.topics()) {
            TopicRef ref = version >= FIRST_BY_ID ? TopicRef.byId(topic.topicId()) : TopicRef.byName(topic.name());
            for (TxnOffsetCommitRequestPartition partition : topic.partitions()) {
                commits.add(new OffsetCommit(
                        ref,
                        partition.partitionIndex(),
                        partition.committedOffset(),
                        partition.committedLeaderEpoch(),
                        partition.committedMetadata(),
                        -1,
                        -1));
            }
        }
        return commits;
    }

    private static TxnOffsetCommitResponse response(
            TxnOffsetCommitRequest request, short version, List<OffsetCommitted> results) {
        List<List<OffsetCommitted>> topics = OutcomesByTopic.of(
                request.topics().stream().mapToInt(topic -> topic.partitions().size()), results);
        return TxnOffsetCommitResponse.builder()
                .topics(each(topics, topic -> topic(topic, version)))
                .build();
    }

    private static TxnOffsetCommitResponseTopic topic(List<OffsetCommitted> results, short version) {
        TopicRef topic = results.get(0).topic();
        TxnOffsetCommitResponseTopic.Builder answer = TxnOffsetCommitResponseTopic.builder();
        return (topic.isById() ? answer.topicId(topic.id()) : answer.name(topic.name()))
                .partitions(each(results, each -> partition(each.partition(), knownTo(version, each.error()))))
                .build();
    }

    /** Before version 6 clients know neither missing groups nor members' epochs: they are told of the group's generation. */
    private static ErrorCode knownTo(short version, ErrorCode error) {
        boolean isNew = error == ErrorCode.GROUP_ID_NOT_FOUND || error == ErrorCode.STALE_MEMBER_EPOCH;
        boolean replaced = version < FIRST_BY_ID && isNew;
        return replaced ? ErrorCode.ILLEGAL_GENERATION : error;
    }

    private static TxnOffsetCommitResponsePartition partition(int partition, ErrorCode error) {
        return TxnOffsetCommitResponsePartition.builder()
                .partitionIndex(partition)
                .errorCode(error.code())
                .build();
    }

    @Override
    public TxnOffsetCommitResponse refusal(
            TxnOffsetCommitRequest request, short version, ErrorCode error, String message) {
        return TxnOffsetCommitResponse.builder()
                .topics(each(
                        request.topics(),
                        topic -> TxnOffsetCommitResponseTopic.builder()
                                .name(topic.name())
                                .topicId(topic.topicId())
                                .partitions(each(topic.partitions(), each -> partition(each.partitionIndex(), error)))
                                .build()))
                .build();
    }
}
