package io.strikemq.adapter.kafka.api.records;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.WriteTxnMarkersRequest;
import io.strikemq.adapter.kafka.message.WriteTxnMarkersRequest.WritableTxnMarker;
import io.strikemq.adapter.kafka.message.WriteTxnMarkersResponse;
import io.strikemq.adapter.kafka.message.WriteTxnMarkersResponse.WritableTxnMarkerPartitionResult;
import io.strikemq.adapter.kafka.message.WriteTxnMarkersResponse.WritableTxnMarkerResult;
import io.strikemq.adapter.kafka.message.WriteTxnMarkersResponse.WritableTxnMarkerTopicResult;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.WriteTransactionMarkers;
import io.strikemq.domain.producer.MarkerCommand;
import io.strikemq.domain.producer.MarkersWritten;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionMarker;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.topic.TopicPartition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * WriteTxnMarkers, versions 0 to 2 (KIP-98): what a transaction coordinator asks of brokers, and an administrator who
 * ends a hanging transaction (KIP-664). 2 tells by which rules the transaction was run (KIP-1228); Kafka itself has
 * dropped version 0.
 *
 * <p>A producer is answered for once, however many markers it has in a request; markers without partitions are not
 * answered at all. When the whole is refused, the producer's last marker stands for all, with partitions or without.
 */
public final class WriteTxnMarkersApi extends Api<WriteTxnMarkersRequest> {
    private final WriteTransactionMarkers writeMarkers;

    public WriteTxnMarkersApi(WriteTransactionMarkers writeMarkers) {
        super(ApiKey.WRITE_TXN_MARKERS, WriteTxnMarkersRequest::read);
        this.writeMarkers = writeMarkers;
    }

    @Override
    public void handle(ApiCall<WriteTxnMarkersRequest> call) {
        call.replyWhen(writeMarkers.write(call.context(), commands(call.request())), WriteTxnMarkersApi::response);
    }

    private static List<MarkerCommand> commands(WriteTxnMarkersRequest request) {
        return each(request.markers(), marker -> new MarkerCommand(markerOf(marker), partitions(marker)));
    }

    private static TransactionMarker markerOf(WritableTxnMarker marker) {
        return new TransactionMarker(
                new ProducerIdentity(marker.producerId(), marker.producerEpoch()),
                marker.transactionResult() ? Outcome.COMMIT : Outcome.ABORT,
                marker.coordinatorEpoch(),
                marker.transactionVersion());
    }

    private static List<TopicPartition> partitions(WritableTxnMarker marker) {
        List<TopicPartition> partitions = new ArrayList<>();
        marker.topics()
                .forEach(topic -> topic.partitionIndexes()
                        .forEach(partition -> partitions.add(new TopicPartition(topic.name(), partition))));
        return partitions;
    }

    private static WriteTxnMarkersResponse response(List<MarkersWritten> written) {
        Map<Long, Map<TopicPartition, ErrorCode>> byProducer = new LinkedHashMap<>();
        for (MarkersWritten each : written) {
            if (!each.errors().isEmpty()) {
                byProducer
                        .computeIfAbsent(each.producerId(), id -> new LinkedHashMap<>())
                        .putAll(each.errors());
            }
        }
        return response(byProducer);
    }

    private static WriteTxnMarkersResponse response(Map<Long, Map<TopicPartition, ErrorCode>> byProducer) {
        List<WritableTxnMarkerResult> results = new ArrayList<>(byProducer.size());
        byProducer.forEach((producer, errors) -> results.add(WritableTxnMarkerResult.builder()
                .producerId(producer)
                .topics(topics(errors))
                .build()));
        return WriteTxnMarkersResponse.builder().markers(results).build();
    }

    private static List<WritableTxnMarkerTopicResult> topics(Map<TopicPartition, ErrorCode> errors) {
        Map<String, List<WritableTxnMarkerPartitionResult>> byTopic = new LinkedHashMap<>();
        errors.forEach((partition, error) -> byTopic.computeIfAbsent(partition.topic(), name -> new ArrayList<>())
                .add(WritableTxnMarkerPartitionResult.builder()
                        .partitionIndex(partition.partition())
                        .errorCode(error.code())
                        .build()));
        List<WritableTxnMarkerTopicResult> topics = new ArrayList<>(byTopic.size());
        byTopic.forEach((name, partitions) -> topics.add(WritableTxnMarkerTopicResult.builder()
                .name(name)
                .partitions(partitions)
                .build()));
        return topics;
    }

    @Override
    public WriteTxnMarkersResponse refusal(
            WriteTxnMarkersRequest request, short version, ErrorCode error, String message) {
        Map<Long, Map<TopicPartition, ErrorCode>> byProducer = new LinkedHashMap<>();
        for (WritableTxnMarker marker : request.markers()) {
            Map<TopicPartition, ErrorCode> errors = new LinkedHashMap<>();
            partitions(marker).forEach(partition -> errors.put(partition, error));
            byProducer.put(marker.producerId(), errors);
        }
        return response(byProducer);
    }
}
