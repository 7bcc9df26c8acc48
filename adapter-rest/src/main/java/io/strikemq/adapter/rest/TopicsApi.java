package io.strikemq.adapter.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.DeleteTopics;
import io.strikemq.domain.port.in.DescribeTopics;
import io.strikemq.domain.port.in.DescribeTopics.Creation;
import io.strikemq.domain.port.in.LookUpOffsets;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicRef;
import io.strikemq.domain.topic.admin.TopicOutcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code /v1/topics} and {@code /v1/topics/{name}}. */
public final class TopicsApi {
    static final String INCLUDE_INTERNAL = "include_internal";

    private final TopicLookUp lookUp;
    private final PartitionRanges ranges;
    private final DeleteTopics deleteTopics;

    /** Answers from these ports. */
    public TopicsApi(DescribeTopics describe, LookUpOffsets offsets, DeleteTopics deleteTopics) {
        this.lookUp = new TopicLookUp(describe);
        this.ranges = new PartitionRanges(offsets);
        this.deleteTopics = deleteTopics;
    }

    /** The topics of the users; the broker's own ones too when asked for, as Kafka's clients have it. */
    JsonAnswer list(RestCall call) {
        RequestContext context = call.context();
        boolean includeInternal = call.flag(INCLUDE_INTERNAL);
        List<Summary> summaries = new ArrayList<>();
        for (Topic topic : lookUp.all(context)) {
            if (includeInternal || !topic.isInternal()) {
                addSummary(summaries, context, topic);
            }
        }
        return json -> {
            json.writeStartArray();
            for (Summary summary : summaries) {
                summary.writeTo(json);
            }
            json.writeEndArray();
        };
    }

    private void addSummary(List<Summary> summaries, RequestContext context, Topic topic) {
        try {
            List<PartitionRange> held = ranges.of(context, topic);
            long start =
                    held.stream().mapToLong(PartitionRange::startOffset).min().orElse(0);
            long end = held.stream().mapToLong(PartitionRange::endOffset).max().orElse(0);
            summaries.add(new Summary(topic.name(), topic.partitionCount(), start, end));
        } catch (BrokerException e) {
            if (e.error() != ErrorCode.UNKNOWN_TOPIC_OR_PARTITION) {
                throw e;
            }
            // Deleted since the list was made: it is not there any more, so the list goes without it.
        }
    }

    JsonAnswer detail(RestCall call) {
        RequestContext context = call.context();
        Topic topic = lookUp.find(context, call.pathParameter("name"), Creation.FORBIDDEN);
        List<PartitionRange> held = ranges.of(context, topic);
        return json -> {
            json.writeStartObject();
            json.writeStringField("name", topic.name());
            json.writeArrayFieldStart("partitions");
            for (PartitionRange range : held) {
                json.writeStartObject();
                json.writeNumberField("partition", range.partition());
                json.writeNumberField("start_offset", range.startOffset());
                json.writeNumberField("end_offset", range.endOffset());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        };
    }

    JsonAnswer delete(RestCall call) {
        RequestContext context = call.context();
        String name = lookUp.find(context, call.pathParameter("name"), Creation.FORBIDDEN)
                .name();
        TopicOutcome outcome =
                deleteTopics.delete(context, List.of(TopicRef.byName(name))).get(0);
        Failures.check(outcome.error(), outcome.message(), "topic '" + name + "' cannot be deleted");
        return json -> {
            json.writeStartObject();
            json.writeStringField("deleted", name);
            json.writeNumberField("partitions_removed", outcome.partitions());
            json.writeEndObject();
        };
    }

    private record Summary(String name, int partitions, long startOffset, long endOffset) {
        void writeTo(JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeStringField("name", name);
            json.writeNumberField("partitions", partitions);
            json.writeNumberField("start_offset", startOffset);
            json.writeNumberField("end_offset", endOffset);
            json.writeEndObject();
        }
    }
}
