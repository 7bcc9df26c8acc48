package io.strikemq.adapter.rest;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.RecordsCompacted;
import io.strikemq.domain.log.RecordsExpired;
import io.strikemq.domain.log.TopicLogs;
import io.strikemq.domain.port.in.CreateTopics;
import io.strikemq.domain.port.in.DeleteTopics;
import io.strikemq.domain.port.in.DescribeTopics;
import io.strikemq.domain.port.in.DescribeTopics.Creation;
import io.strikemq.domain.port.in.LookUpOffsets;
import io.strikemq.domain.port.in.TendLogs;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicRef;
import io.strikemq.domain.topic.admin.Mode;
import io.strikemq.domain.topic.admin.NewTopic;
import io.strikemq.domain.topic.admin.TopicCreated;
import io.strikemq.domain.topic.admin.TopicOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /v1/topics} and {@code /v1/topics/{name}}. */
public final class TopicsApi extends RestApi {
    private static final String TOPIC = "/v1/topics/{name}";
    private static final String INCLUDE_INTERNAL = "include_internal";
    /** A topic has some forty configs, and a path of values is short. */
    private static final int MAX_BODY = 64 << 10;
    /** Leaves the choice to the broker. */
    private static final int DEFAULT = -1;

    private final TopicLookUp lookUp;
    private final PartitionRanges ranges;
    private final CreateTopics createTopics;
    private final DeleteTopics deleteTopics;
    private final TendLogs logs;

    /** Answers from these ports. */
    public TopicsApi(
            DescribeTopics describe,
            LookUpOffsets offsets,
            CreateTopics createTopics,
            DeleteTopics deleteTopics,
            TendLogs logs) {
        this.lookUp = new TopicLookUp(describe);
        this.ranges = new PartitionRanges(offsets);
        this.createTopics = createTopics;
        this.deleteTopics = deleteTopics;
        this.logs = logs;
    }

    @Override
    List<Route> routes() {
        return List.of(
                Route.get("/v1/topics", "all topics", this::list).withParameters(List.of(INCLUDE_INTERNAL)),
                Route.get(TOPIC, "one topic, partition by partition", this::detail),
                Route.put(TOPIC, "create a topic", this::create).withBody(call -> MAX_BODY),
                Route.delete(TOPIC, "delete a topic and all its data", this::delete),
                Route.post(TOPIC + "/expire", "drop at once what a topic's retention lets go", this::expire),
                Route.post(TOPIC + "/compact", "keep at once only the last record of each key", this::compact));
    }

    private record Summary(String name, int partitions, long startOffset, long endOffset) {}

    /** What stands for the {@link Summary} of a topic whose offsets cannot be told: why. */
    private record Failed(String name, int partitions, String error) {}

    private record Detail(String name, List<String> cleanupPolicy, List<PartitionDetail> partitions) {}

    private record PartitionDetail(int partition, long startOffset, long endOffset, long sizeBytes, int segments) {}

    private record Expired(String topic, List<PartitionExpired> partitions) {}

    private record PartitionExpired(
            int partition, long startOffset, long offsetsRemoved, int segmentsRemoved, long bytesRemoved) {}

    private record Compacted(String topic, List<PartitionCompacted> partitions) {}

    private record PartitionCompacted(
            int partition,
            long compactedTo,
            long recordsRemoved,
            long recordsKept,
            long bytesRemoved,
            long bytesKept,
            int segmentsBefore,
            int segments) {}

    private record Deleted(String deleted, int partitionsRemoved) {}

    /** The body that creates a topic; both fields are optional. */
    private record Wanted(Integer partitions, Map<String, JsonValue> configs) {}

    /** The topics of the users; the broker's own ones too when asked for, as Kafka's clients have it. */
    private Answer list(RestCall call) {
        RequestContext context = call.context();
        boolean includeInternal = call.flag(INCLUDE_INTERNAL);
        List<Record> summaries = new ArrayList<>();
        for (Topic topic : lookUp.all(context)) {
            if (includeInternal || !topic.isInternal()) {
                addSummary(summaries, context, topic);
            }
        }
        return Answer.ok(summaries);
    }

    private void addSummary(List<Record> summaries, RequestContext context, Topic topic) {
        try {
            List<PartitionRange> held = ranges.of(context, topic);
            long start =
                    held.stream().mapToLong(PartitionRange::startOffset).min().orElse(0);
            long end = held.stream().mapToLong(PartitionRange::endOffset).max().orElse(0);
            summaries.add(new Summary(topic.name(), topic.partitionCount(), start, end));
        } catch (BrokerException e) {
            switch (e.error()) {
                case UNKNOWN_TOPIC_OR_PARTITION -> {
                    // Deleted since the list was made: it is not there any more, so the list goes without it.
                }
                case KAFKA_STORAGE_ERROR, UNKNOWN_SERVER_ERROR ->
                    summaries.add(new Failed(topic.name(), topic.partitionCount(), e.getMessage()));
                // Not the topic's fault: the broker stops, or is too busy to go on with the others.
                default -> throw e;
            }
        }
    }

    private Answer detail(RestCall call) {
        RequestContext context = call.context();
        return Answer.ok(detail(context, lookUp.find(context, call.pathParameter("name"), Creation.FORBIDDEN)));
    }

    private Detail detail(RequestContext context, Topic topic) {
        List<PartitionRange> offsets = ranges.of(context, topic);
        TopicLogs held = Completion.await(logs.describe(context, topic));
        List<PartitionDetail> partitions = new ArrayList<>();
        for (int i = 0; i < offsets.size(); i++) {
            PartitionRange range = offsets.get(i);
            TopicLogs.Held log = held.partitions().get(i);
            partitions.add(new PartitionDetail(
                    range.partition(), range.startOffset(), range.endOffset(), log.sizeInBytes(), log.segments()));
        }
        return new Detail(topic.name(), held.cleanupPolicies(), partitions);
    }

    private Answer expire(RestCall call) {
        RequestContext context = call.context();
        Topic topic = topicWith("delete", "nothing of it expires", call);
        List<PartitionExpired> partitions = new ArrayList<>();
        for (RecordsExpired expired : Completion.await(logs.expire(context, topic))) {
            partitions.add(new PartitionExpired(
                    expired.partition(),
                    expired.startOffset(),
                    expired.offsets(),
                    expired.segments(),
                    expired.bytes()));
        }
        return Answer.ok(new Expired(topic.name(), partitions));
    }

    private Answer compact(RestCall call) {
        RequestContext context = call.context();
        Topic topic = topicWith("compact", "nothing of it is compacted", call);
        List<PartitionCompacted> partitions = new ArrayList<>();
        for (RecordsCompacted compacted : compacted(context, topic)) {
            partitions.add(new PartitionCompacted(
                    compacted.partition(),
                    compacted.compactedTo(),
                    compacted.recordsBefore() - compacted.recordsAfter(),
                    compacted.recordsAfter(),
                    compacted.bytesBefore() - compacted.bytesAfter(),
                    compacted.bytesAfter(),
                    compacted.segmentsBefore(),
                    compacted.segmentsAfter()));
        }
        return Answer.ok(new Compacted(topic.name(), partitions));
    }

    /** That the topic has another policy by now is the state of things as much as that it had it before. */
    private List<RecordsCompacted> compacted(RequestContext context, Topic topic) {
        try {
            return Completion.await(logs.compact(context, topic));
        } catch (BrokerException e) {
            if (e.error() == ErrorCode.POLICY_VIOLATION) {
                throw new Refusal(409, e.getMessage());
            }
            throw e;
        }
    }

    /** The topic that the call is about, if its cleanup.policy has this word; {@code otherwise} says what comes of it without. */
    private Topic topicWith(String policy, String otherwise, RestCall call) {
        RequestContext context = call.context();
        Topic topic = lookUp.find(context, call.pathParameter("name"), Creation.FORBIDDEN);
        List<String> policies = Completion.await(logs.describe(context, topic)).cleanupPolicies();
        if (!policies.contains(policy)) {
            throw new Refusal(
                    409,
                    "topic '" + topic.name() + "' has cleanup.policy=" + String.join(",", policies) + ": " + otherwise
                            + " without " + policy);
        }
        return topic;
    }

    private Answer create(RestCall call) {
        RequestContext context = call.context();
        Wanted wanted = call.body().hasRemaining() ? Json.read(call.body(), Wanted.class) : null;
        NewTopic topic = newTopic(call.pathParameter("name"), wanted == null ? new Wanted(null, null) : wanted);
        if (Topic.isInternal(topic.name())) {
            throw new Refusal(409, "'" + topic.name() + "' is the broker's own topic: it makes it when it needs it");
        }
        TopicCreated created =
                createTopics.create(context, List.of(topic), Mode.APPLY).get(0);
        Failures.check(created.error(), created.message(), "topic '" + topic.name() + "' cannot be created");
        return Answer.created(detail(context, created.topic()));
    }

    private static NewTopic newTopic(String name, Wanted wanted) {
        if (wanted.partitions() != null && wanted.partitions() < 1) {
            throw Failures.malformed("partitions must be a whole number from 1 on");
        }
        Map<String, String> configs = new LinkedHashMap<>();
        if (wanted.configs() != null) {
            wanted.configs().forEach((config, value) -> configs.put(config, value.text()));
        }
        int partitions = wanted.partitions() == null ? DEFAULT : wanted.partitions();
        return new NewTopic(name, partitions, (short) DEFAULT, List.of(), configs);
    }

    private Answer delete(RestCall call) {
        RequestContext context = call.context();
        Topic topic = lookUp.find(context, call.pathParameter("name"), Creation.FORBIDDEN);
        String name = topic.name();
        if (topic.isInternal()) {
            throw new Refusal(
                    409,
                    "'" + name + "' is the broker's own topic: groups would lose their offsets with it."
                            + " A Kafka client can delete it");
        }
        TopicOutcome outcome =
                deleteTopics.delete(context, List.of(TopicRef.byName(name))).get(0);
        Failures.check(outcome.error(), outcome.message(), "topic '" + name + "' cannot be deleted");
        return Answer.ok(new Deleted(name, outcome.partitions()));
    }
}
