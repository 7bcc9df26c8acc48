package io.strikemq.adapter.kafka.api.groups;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.api.Runs;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.OffsetFetchRequest;
import io.strikemq.adapter.kafka.message.OffsetFetchRequest.OffsetFetchRequestGroup;
import io.strikemq.adapter.kafka.message.OffsetFetchRequest.OffsetFetchRequestTopic;
import io.strikemq.adapter.kafka.message.OffsetFetchRequest.OffsetFetchRequestTopics;
import io.strikemq.adapter.kafka.message.OffsetFetchResponse;
import io.strikemq.adapter.kafka.message.OffsetFetchResponse.OffsetFetchResponseGroup;
import io.strikemq.adapter.kafka.message.OffsetFetchResponse.OffsetFetchResponsePartition;
import io.strikemq.adapter.kafka.message.OffsetFetchResponse.OffsetFetchResponsePartitions;
import io.strikemq.adapter.kafka.message.OffsetFetchResponse.OffsetFetchResponseTopic;
import io.strikemq.adapter.kafka.message.OffsetFetchResponse.OffsetFetchResponseTopics;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.offset.GroupOffsets;
import io.strikemq.domain.offset.GroupOffsetsQuery;
import io.strikemq.domain.offset.GroupOffsetsQuery.Partition;
import io.strikemq.domain.offset.GroupOffsetsQuery.Stability;
import io.strikemq.domain.port.in.CommitOffsets;
import io.strikemq.domain.port.in.DescribeTopics;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.TopicListing;
import io.strikemq.domain.topic.TopicRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * OffsetFetch, versions 0 to 10.
 *
 * <p>Since version 2 null topics mean all, and a group's error has a place of its own; before, it stands on each
 * partition (KAFKA-19246). 5 tells leader epochs (KIP-320), 7 may wait out transactions (KIP-447), 8 asks for many
 * groups (KIP-709), 9 names a member of the newer protocol (KIP-848), 10 names topics by id: one that is gone by now is
 * left out of "all". Version 0, which Kafka kept in ZooKeeper and has dropped, is answered as version 1.
 */
public final class OffsetFetchApi extends Api<OffsetFetchRequest> {
    private static final short FIRST_WITH_ERROR = 2;
    private static final short FIRST_BATCHED = 8;
    private static final short FIRST_BY_ID = 10;

    private final CommitOffsets commitOffsets;
    private final DescribeTopics describeTopics;

    public OffsetFetchApi(CommitOffsets commitOffsets, DescribeTopics describeTopics) {
        super(ApiKey.OFFSET_FETCH, OffsetFetchRequest::read);
        this.commitOffsets = commitOffsets;
        this.describeTopics = describeTopics;
    }

    @Override
    public void handle(ApiCall<OffsetFetchRequest> call) {
        OffsetFetchRequest request = call.request();
        Stability stability = request.requireStable() ? Stability.STABLE_ONLY : Stability.ANY;
        if (call.version() >= FIRST_BATCHED) {
            call.reply(OffsetFetchResponse.builder()
                    .groups(each(request.groups(), group -> group(call, group, stability)))
                    .build());
            return;
        }
        GroupOffsetsQuery query =
                new GroupOffsetsQuery(request.groupId(), null, -1, partitions(request.topics()), stability);
        GroupOffsets offsets = commitOffsets.committed(call.context(), query);
        call.reply(
                offsets.error() == ErrorCode.NONE
                        ? OffsetFetchResponse.builder()
                                .topics(topics(request.topics(), offsets.rows()))
                                .build()
                        : refusal(request, call.version(), offsets.error(), null));
    }

    private static List<Partition> partitions(List<OffsetFetchRequestTopic> topics) {
        if (topics == null) {
            return null;
        }
        List<Partition> partitions = new ArrayList<>();
        for (OffsetFetchRequestTopic topic : topics) {
            TopicRef ref = TopicRef.byName(topic.name());
            topic.partitionIndexes().forEach(partition -> partitions.add(new Partition(ref, partition)));
        }
        return partitions;
    }

    /** What was asked for twice is answered twice, as in Kafka, and nothing with nothing. */
    private static List<OffsetFetchResponseTopic> topics(
            List<OffsetFetchRequestTopic> asked, List<GroupOffsets.Row> rows) {
        return asked == null
                ? each(
                        Runs.by(GroupOffsets.Row::topic, rows),
                        run -> topic(run.get(0).topic().name(), run))
                : Runs.each(
                        asked,
                        topic -> topic.partitionIndexes().size(),
                        rows,
                        (topic, run) -> topic(topic.name(), run));
    }

    private static OffsetFetchResponseTopic topic(String name, List<GroupOffsets.Row> rows) {
        return OffsetFetchResponseTopic.builder()
                .name(name)
                .partitions(each(rows, OffsetFetchApi::partition))
                .build();
    }

    private static OffsetFetchResponsePartition partition(GroupOffsets.Row row) {
        return OffsetFetchResponsePartition.builder()
                .partitionIndex(row.partition())
                .committedOffset(row.offset())
                .committedLeaderEpoch(row.leaderEpoch())
                .metadata(row.metadata())
                .errorCode(row.error().code())
                .build();
    }

    private OffsetFetchResponseGroup group(
            ApiCall<OffsetFetchRequest> call, OffsetFetchRequestGroup group, Stability stability) {
        GroupOffsetsQuery query = new GroupOffsetsQuery(
                group.groupId(),
                group.memberId(),
                group.memberEpoch(),
                partitions(group.topics(), call.version()),
                stability);
        GroupOffsets offsets = commitOffsets.committed(call.context(), query);
        boolean areAsked = group.topics() != null && offsets.error() == ErrorCode.NONE;
        return OffsetFetchResponseGroup.builder()
                .groupId(group.groupId())
                .errorCode(offsets.error().code())
                .topics(areAsked ? asked(call, group.topics(), offsets.rows()) : all(call, offsets.rows()))
                .build();
    }

    /** In the order of the request, but ids that are none come last, as in Kafka. */
    private List<OffsetFetchResponseTopics> asked(
            ApiCall<OffsetFetchRequest> call, List<OffsetFetchRequestTopics> topics, List<GroupOffsets.Row> rows) {
        boolean isById = call.version() >= FIRST_BY_ID;
        List<OffsetFetchResponseTopics> answers =
                Runs.each(topics, topic -> topic.partitionIndexes().size(), rows, (topic, run) -> {
                    OffsetFetchResponseTopics.Builder answer = OffsetFetchResponseTopics.builder();
                    return (isById ? answer.topicId(topic.topicId()) : answer.name(topic.name()))
                            .partitions(each(run, OffsetFetchApi::batchedPartition))
                            .build();
                });
        if (isById) {
            Set<UUID> unknown = unknown(call.context(), topics);
            answers.sort(Comparator.comparing(answer -> unknown.contains(answer.topicId())));
        }
        return answers;
    }

    /** Looked up once more: a topic without partitions has no answer that tells. */
    private Set<UUID> unknown(RequestContext context, List<OffsetFetchRequestTopics> topics) {
        return listings(context, each(topics, topic -> TopicRef.byId(topic.topicId()))).stream()
                .filter(listing -> listing.topic() == null)
                .map(listing -> listing.ref().id())
                .collect(Collectors.toSet());
    }

    private List<OffsetFetchResponseTopics> all(ApiCall<OffsetFetchRequest> call, List<GroupOffsets.Row> rows) {
        List<OffsetFetchResponseTopics> topics = new ArrayList<>();
        for (List<GroupOffsets.Row> run : Runs.by(GroupOffsets.Row::topic, rows)) {
            named(call.context(), run.get(0).topic(), call.version())
                    .ifPresent(topic -> topics.add(topic.partitions(each(run, OffsetFetchApi::batchedPartition))
                            .build()));
        }
        return topics;
    }

    private static List<Partition> partitions(List<OffsetFetchRequestTopics> topics, short version) {
        if (topics == null) {
            return null;
        }
        List<Partition> partitions = new ArrayList<>();
        for (OffsetFetchRequestTopics topic : topics) {
            TopicRef ref = version >= FIRST_BY_ID ? TopicRef.byId(topic.topicId()) : TopicRef.byName(topic.name());
            topic.partitionIndexes().forEach(partition -> partitions.add(new Partition(ref, partition)));
        }
        return partitions;
    }

    private static OffsetFetchResponsePartitions batchedPartition(GroupOffsets.Row row) {
        return OffsetFetchResponsePartitions.builder()
                .partitionIndex(row.partition())
                .committedOffset(row.offset())
                .committedLeaderEpoch(row.leaderEpoch())
                .metadata(row.metadata())
                .errorCode(row.error().code())
                .build();
    }

    /** The topic in the way of the version; empty when it has to be named by id and has none any more. */
    private Optional<OffsetFetchResponseTopics.Builder> named(RequestContext context, TopicRef topic, short version) {
        OffsetFetchResponseTopics.Builder answer = OffsetFetchResponseTopics.builder();
        if (version < FIRST_BY_ID) {
            return Optional.of(answer.name(topic.name()));
        }
        TopicListing listing = listings(context, List.of(topic)).get(0);
        return Optional.ofNullable(listing.topic()).map(found -> answer.topicId(found.id()));
    }

    private List<TopicListing> listings(RequestContext context, List<TopicRef> topics) {
        return describeTopics
                .named(context, topics, DescribeTopics.Creation.FORBIDDEN)
                .toCompletableFuture()
                .join();
    }

    @Override
    public OffsetFetchResponse refusal(OffsetFetchRequest request, short version, ErrorCode error, String message) {
        if (version >= FIRST_BATCHED) {
            return OffsetFetchResponse.builder()
                    .groups(each(
                            request.groups(),
                            group -> OffsetFetchResponseGroup.builder()
                                    .groupId(group.groupId())
                                    .errorCode(error.code())
                                    .build()))
                    .build();
        }
        if (version >= FIRST_WITH_ERROR) {
            return OffsetFetchResponse.builder().errorCode(error.code()).build();
        }
        return OffsetFetchResponse.builder()
                .topics(each(
                        request.topics(),
                        topic -> OffsetFetchResponseTopic.builder()
                                .name(topic.name())
                                .partitions(each(
                                        topic.partitionIndexes(), partition -> failed(topic.name(), partition, error)))
                                .build()))
                .build();
    }

    private static OffsetFetchResponsePartition failed(String topic, int partition, ErrorCode error) {
        return partition(new GroupOffsets.Row(TopicRef.byName(topic), partition, -1, -1, "", error));
    }
}
