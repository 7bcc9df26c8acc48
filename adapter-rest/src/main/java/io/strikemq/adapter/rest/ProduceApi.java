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
import io.strikemq.domain.record.RecordHeader;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicRef;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code POST /v1/topics/{name}/messages}: appends all messages of a body, or none, as one batch to a partition. What a
 * peek shows of messages can be posted as it is.
 */
public final class ProduceApi extends RestApi {
    private static final String PARTITION = "partition";
    private static final String MAX_MESSAGE_BYTES = "max.message.bytes";

    /** A message of few bytes is a longer text: {@code {"key":"k","value":"v"},}, or an escape for each character. */
    private static final int TEXT_PER_BYTE = 8;

    private static final int TEXT_AROUND = 64 << 10;

    /** A body is bytes, text, bytes again and a growing batch, all of them at once at the worst. */
    private static final int BYTES_WHILE_PRODUCING = 6;
    /** The objects that a message or a header of few bytes becomes, for each of its fields. */
    private static final int BYTES_PER_FIELD = 160;

    private final TopicLookUp lookUp;
    private final ProduceRecords produce;
    private final CompressionCodecs codecs;
    private final Clock clock;

    /** Produces by these ports; messages without a timestamp carry the wall clock of {@code clock}. */
    public ProduceApi(DescribeTopics describe, ProduceRecords produce, CompressionCodecs codecs, Clock clock) {
        this.lookUp = new TopicLookUp(describe);
        this.produce = produce;
        this.codecs = codecs;
        this.clock = clock;
    }

    @Override
    List<Route> routes() {
        return List.of(Route.post("/v1/topics/{name}/messages", "produce messages", this::produce)
                .withParameters(List.of(PARTITION))
                .withBody(this::bodyLimit));
    }

    private record Produced(String topic, int partition, long baseOffset, int recordCount) {}

    /** What the topic could take at the most, as text. */
    private int bodyLimit(RestCall call) {
        long batch = lookUp.existing(call.context(), call.pathParameter("name"))
                .map(topic -> topic.configs().get(MAX_MESSAGE_BYTES))
                .map(Long::valueOf)
                .orElse((long) call.limits().maxMessageBytes());
        return (int) Math.min(Integer.MAX_VALUE, TEXT_AROUND + TEXT_PER_BYTE * batch);
    }

    /** What is needed to make a batch of a body, beside the body itself: an estimate from above. */
    static long bytesToRead(ByteBuffer body) {
        long fields = 0;
        for (int at = body.position(); at < body.limit(); at++) {
            if (body.get(at) == ':') {
                fields++;
            }
        }
        return (BYTES_WHILE_PRODUCING - 1L) * body.remaining() + BYTES_PER_FIELD * fields;
    }

    private Answer produce(RestCall call) {
        RequestContext context = call.context();
        // The body comes first: a malformed request creates no topic.
        int queried = (int) call.number(PARTITION, 0, Integer.MAX_VALUE, 0);
        call.memory().take(bytesToRead(call.body()));
        ProduceBody body = ProduceBody.read(call.body());
        Integer named = body.namedPartition();
        ByteBuffer batch = batch(body);
        if (call.has(PARTITION) && named != null && named != queried) {
            throw Failures.malformed("the body names partition " + named + ", the query string partition " + queried);
        }
        int partition = named == null ? queried : named;
        Topic topic = lookUp.find(context, call.pathParameter("name"), Creation.ALLOWED);
        TopicLookUp.checkPartition(topic, partition);
        long baseOffset = append(context, topic, partition, batch);
        return Answer.ok(new Produced(
                topic.name(), partition, baseOffset, body.messages().size()));
    }

    private ByteBuffer batch(ProduceBody body) {
        long now = clock.wallClockMillis();
        RecordBatchBuilder batch = new RecordBatchBuilder();
        for (int i = 0; i < body.messages().size(); i++) {
            append(batch, body.messages().get(i), ProduceBody.where(i), now);
        }
        return batch.build(codecs);
    }

    private static void append(RecordBatchBuilder batch, ProduceBody.Message message, String where, long now) {
        ByteBuffer key = TextOrBase64.bytes(message.key(), message.keyEncoding(), where + ".key");
        ByteBuffer value = required(message.value(), message.valueEncoding(), where + ".value");
        batch.append(message.timestamp() == null ? now : message.timestamp(), key, value, headers(message, where));
    }

    /** A message's headers, in bytes; {@code where} names the message in an error. */
    static List<RecordHeader> headers(ProduceBody.Message message, String where) {
        List<RecordHeader> headers = new ArrayList<>();
        for (ProduceBody.Header header :
                message.headers() == null ? List.<ProduceBody.Header>of() : message.headers()) {
            headers.add(header(header, where + ".headers[" + headers.size() + "]"));
        }
        return headers;
    }

    private static RecordHeader header(ProduceBody.Header header, String where) {
        if (header == null) {
            throw Failures.malformed(where + " must be an object");
        }
        if (header.key() == null) {
            throw Failures.malformed(where + ".key is missing");
        }
        // A name becomes bytes too: it must not lose what UTF-8 cannot hold.
        TextOrBase64.bytes(new JsonValue(header.key(), true), null, where + ".key");
        return new RecordHeader(header.key(), required(header.value(), header.valueEncoding(), where + ".value"));
    }

    static ByteBuffer required(JsonValue value, String encoding, String where) {
        if (value == null) {
            throw Failures.malformed(where + " is missing");
        }
        return TextOrBase64.bytes(value, encoding, where);
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
