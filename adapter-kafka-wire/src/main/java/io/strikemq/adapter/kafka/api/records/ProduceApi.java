package io.strikemq.adapter.kafka.api.records;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.ProduceRequest;
import io.strikemq.adapter.kafka.message.ProduceRequest.PartitionProduceData;
import io.strikemq.adapter.kafka.message.ProduceRequest.TopicProduceData;
import io.strikemq.adapter.kafka.message.ProduceResponse;
import io.strikemq.adapter.kafka.message.ProduceResponse.BatchIndexAndErrorMessage;
import io.strikemq.adapter.kafka.message.ProduceResponse.PartitionProduceResponse;
import io.strikemq.adapter.kafka.message.ProduceResponse.TopicProduceResponse;
import io.strikemq.adapter.kafka.wire.ResponseMessage;
import io.strikemq.adapter.kafka.wire.WireDefaults;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.ProduceRecords;
import io.strikemq.domain.produce.PartitionProduced;
import io.strikemq.domain.produce.PartitionRecords;
import io.strikemq.domain.produce.ProduceCommand;
import io.strikemq.domain.produce.ProduceCommand.Acks;
import io.strikemq.domain.produce.ProduceCommand.Formats;
import io.strikemq.domain.produce.ProduceCommand.Transaction;
import io.strikemq.domain.produce.ProduceCommand.TransactionSupport;
import io.strikemq.domain.request.Printable;
import io.strikemq.domain.topic.TopicRef;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Produce, versions 0 to 13.
 *
 * <p>Records are handed on as slices of the frame, without a copy, unless a topic or log has to be made ready for them first. Versions 0 to 2 carry message formats 0 and 1, newer
 * ones format 2 and transactions (KIP-98); 7 allows zstd (KIP-110), 8 tells which records were refused (KIP-467), 11 knows
 * errors after which a transaction is to be aborted and 12 adds partitions to it (KIP-890), 13 names topics by id (KIP-516). With acks=0 there is no answer: a failure closes the connection, so that the client looks for the leader
 * again. Kafka itself has dropped versions 0 to 2. The leader hints of version 10 (KIP-951) stay empty: the broker that
 * took the request is the leader.
 */
public final class ProduceApi extends Api<ProduceRequest> {
    private static final short LAST_WITHOUT_ABORTABLE = 10;
    private static final short FIRST_THAT_ADDS = 12;
    private static final short FIRST_BY_ID = 13;

    private final ProduceRecords produceRecords;

    public ProduceApi(ProduceRecords produceRecords) {
        super(ApiKey.PRODUCE, ProduceRequest::read);
        this.produceRecords = produceRecords;
    }

    @Override
    public void handle(ApiCall<ProduceRequest> call) {
        ProduceRequest request = call.request();
        if (request.acks() < -1 || request.acks() > 1) {
            call.reply(refusal(request, call.version(), ErrorCode.INVALID_REQUIRED_ACKS, null));
            return;
        }
        ProduceCommand command = new ProduceCommand(
                acks(request.acks()),
                Duration.ofMillis(request.timeoutMs()),
                transaction(request.transactionalId(), call.version()),
                formats(call.version()),
                partitions(request, call.version()));
        CompletionStage<List<PartitionProduced>> produced = produceRecords.produce(call.context(), command);
        if (!produced.toCompletableFuture().isDone()) {
            call.holds(command.sizeInBytes());
        }
        if (request.acks() == 0) {
            call.whenDone(produced, results -> finishUnanswered(call, results));
        } else {
            call.replyWhen(produced, results -> response(call.version(), results));
        }
    }

    private static Transaction transaction(String transactionalId, short version) {
        if (transactionalId == null) {
            return null;
        }
        if (version <= LAST_WITHOUT_ABORTABLE) {
            return new Transaction(transactionalId, TransactionSupport.PARTITIONS_ADDED_BEFORE);
        }
        return new Transaction(
                transactionalId,
                version < FIRST_THAT_ADDS
                        ? TransactionSupport.ABORTABLE_ERRORS
                        : TransactionSupport.PARTITIONS_ADDED_BY_PRODUCING);
    }

    private static Acks acks(short acks) {
        return switch (acks) {
            case 0 -> Acks.NONE;
            case 1 -> Acks.LEADER;
            default -> Acks.ALL;
        };
    }

    private static Formats formats(short version) {
        if (version < 3) {
            return Formats.ANY;
        }
        return version < 7 ? Formats.V2_WITHOUT_ZSTD : Formats.V2;
    }

    private static List<PartitionRecords> partitions(ProduceRequest request, short version) {
        List<PartitionRecords> partitions = new ArrayList<>();
        for (TopicProduceData topic : request.topicData()) {
            TopicRef ref = ref(topic, version);
            for (PartitionProduceData partition : topic.partitionData()) {
                List<ByteBuffer> records = partition.records();
                partitions.add(new PartitionRecords(ref, partition.index(), records == null ? null : records.get(0)));
            }
        }
        return partitions;
    }

    private static TopicRef ref(TopicProduceData topic, short version) {
        return version >= FIRST_BY_ID ? TopicRef.byId(topic.topicId()) : TopicRef.byName(topic.name());
    }

    private static void finishUnanswered(ApiCall<ProduceRequest> call, List<PartitionProduced> results) {
        for (PartitionProduced result : results) {
            if (result.error() != ErrorCode.NONE) {
                call.close("a produce request with acks=0 failed for partition " + result.partition() + " of "
                        + (result.topic().isById()
                                ? result.topic().id()
                                : Printable.name(result.topic().name())) + ": "
                        + result.error());
                return;
            }
        }
        call.noReply();
    }

    /** A topic is answered for once, however often the request names it. */
    private static ResponseMessage response(short version, List<PartitionProduced> results) {
        if (results.size() == 1) {
            PartitionProduced result = results.get(0);
            TopicProduceResponse only = topic(result.topic(), List.of(partition(result, version)));
            return ProduceResponse.builder().responses(List.of(only)).build();
        }
        Map<TopicRef, List<PartitionProduceResponse>> topics = new LinkedHashMap<>();
        for (PartitionProduced result : results) {
            topics.computeIfAbsent(result.topic(), topic -> new ArrayList<>()).add(partition(result, version));
        }
        List<TopicProduceResponse> responses = new ArrayList<>(topics.size());
        topics.forEach((topic, partitions) -> responses.add(topic(topic, partitions)));
        return ProduceResponse.builder().responses(responses).build();
    }

    private static TopicProduceResponse topic(TopicRef topic, List<PartitionProduceResponse> partitions) {
        return TopicProduceResponse.builder()
                .name(topic.isById() ? "" : topic.name())
                .topicId(topic.isById() ? topic.id() : WireDefaults.ZERO_UUID)
                .partitionResponses(partitions)
                .build();
    }

    private static PartitionProduceResponse partition(PartitionProduced result, short version) {
        return PartitionProduceResponse.builder()
                .index(result.partition())
                .errorCode(OlderErrors.produce(result.error(), version))
                .baseOffset(result.baseOffset())
                .logAppendTimeMs(result.logAppendTime())
                .logStartOffset(result.logStartOffset())
                .recordErrors(each(
                        result.recordErrors(),
                        error -> BatchIndexAndErrorMessage.builder()
                                .batchIndex(error.batchIndex())
                                .batchIndexErrorMessage(error.message())
                                .build()))
                .errorMessage(result.message())
                .build();
    }

    @Override
    public ProduceResponse refusal(ProduceRequest request, short version, ErrorCode error, String message) {
        if (request.acks() == 0) {
            return null;
        }
        List<TopicProduceResponse> topics = new ArrayList<>();
        for (TopicProduceData topic : request.topicData()) {
            TopicRef ref = ref(topic, version);
            topics.add(topic(
                    ref,
                    each(
                            topic.partitionData(),
                            each -> partition(PartitionProduced.refused(ref, each.index(), error, message), version))));
        }
        return ProduceResponse.builder().responses(topics).build();
    }
}
