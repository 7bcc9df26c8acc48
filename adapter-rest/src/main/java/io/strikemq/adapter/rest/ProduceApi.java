package io.strikemq.adapter.rest;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.DescribeTopics;
import io.strikemq.domain.port.in.DescribeTopics.Creation;
import io.strikemq.domain.port.in.ProduceRecords;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.produce.PartitionProduced;
import io.strikemq.domain.produce.PartitionRecords;
import io.strikemq.domain.produce.ProduceCommand;
import io.strikemq.domain.produce.ProduceCommand.Acks;
import io.strikemq.domain.produce.ProduceCommand.Formats;
import io.strikemq.domain.record.RecordBatchBuilder;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicRef;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** {@code POST /v1/topics/{name}/messages}: appends all messages of a body, or none, as one batch to a partition. */
public final class ProduceApi {
    static final String PARTITION = "partition";

    private final TopicLookUp lookUp;
    private final ProduceRecords produce;
    private final CompressionCodecs codecs;
    private final Clock clock;

    /** Produces by these ports; the messages carry the wall clock of {@code clock}. */
    public ProduceApi(DescribeTopics describe, ProduceRecords produce, CompressionCodecs codecs, Clock clock) {
        this.lookUp = new TopicLookUp(describe);
        this.produce = produce;
        this.codecs = codecs;
        this.clock = clock;
    }

    JsonAnswer produce(RestCall call) throws IOException {
        RequestContext context = call.context();
        // The body comes first: a malformed request creates no topic.
        int queried = (int) call.number(PARTITION, 0, Integer.MAX_VALUE, 0);
        ProduceBody body = ProduceBodyReader.read(call.body());
        if (call.has(PARTITION) && body.partition() != null && body.partition() != queried) {
            throw Failures.malformed(
                    "the body names partition " + body.partition() + ", the query string partition " + queried);
        }
        int partition = body.partition() == null ? queried : body.partition();
        Topic topic = lookUp.find(context, call.pathParameter("name"), Creation.ALLOWED);
        TopicLookUp.checkPartition(topic, partition);
        long baseOffset = append(context, topic, partition, batch(body));
        return json -> {
            json.writeStartObject();
            json.writeStringField("topic", topic.name());
            json.writeNumberField("partition", partition);
            json.writeNumberField("base_offset", baseOffset);
            json.writeNumberField("record_count", body.messages().size());
            json.writeEndObject();
        };
    }

    private ByteBuffer batch(ProduceBody body) {
        long now = clock.wallClockMillis();
        RecordBatchBuilder batch = new RecordBatchBuilder();
        for (ProduceBody.Message message : body.messages()) {
            batch.append(now, message.key(), message.value(), message.headers());
        }
        return batch.build(codecs);
    }

    private long append(RequestContext context, Topic topic, int partition, ByteBuffer batch) {
        PartitionRecords records = new PartitionRecords(TopicRef.byName(topic.name()), partition, batch);
        Duration timeout = Duration.ofSeconds(Completion.TIMEOUT_SECONDS);
        ProduceCommand command = new ProduceCommand(Acks.ALL, timeout, null, Formats.V2, List.of(records));
        PartitionProduced produced =
                Completion.await(produce.produce(context, command)).get(0);
        if (produced.error() != ErrorCode.NONE) {
            throw new BrokerException(produced.error(), reason(produced, topic.name() + "-" + partition));
        }
        return produced.baseOffset();
    }

    /** What the use case said, with the messages that it found fault with. */
    private static String reason(PartitionProduced produced, String where) {
        StringBuilder reason = new StringBuilder();
        reason.append(
                produced.message() == null
                        ? "the messages cannot be appended to " + where + ": " + produced.error()
                        : produced.message());
        for (PartitionProduced.RecordError fault : produced.recordErrors()) {
            reason.append("; messages[").append(fault.batchIndex()).append(']');
            if (fault.message() != null) {
                reason.append(": ").append(fault.message());
            }
        }
        return reason.toString();
    }
}
