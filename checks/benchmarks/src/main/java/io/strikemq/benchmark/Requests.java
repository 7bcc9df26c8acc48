package io.strikemq.benchmark;

import io.strikemq.adapter.compression.NativeCodecs;
import io.strikemq.adapter.kafka.message.ApiVersionsRequest;
import io.strikemq.adapter.kafka.message.MetadataRequest;
import io.strikemq.adapter.kafka.message.ProduceRequest;
import io.strikemq.adapter.kafka.message.RequestHeader;
import io.strikemq.adapter.kafka.wire.RequestMessage;
import io.strikemq.adapter.kafka.wire.WireWriter;
import io.strikemq.domain.record.RecordBatchBuilder;
import java.nio.ByteBuffer;
import java.util.List;

/** The requests that the benchmarks send, as framed bytes in direct buffers. */
final class Requests {
    private static final short PRODUCE_VERSION = 9;

    private Requests() {}

    /** Produce to partition 0 of a topic, acks=1: one batch of {@code records} records of {@code size} bytes each. */
    static ByteBuffer produce(String topic, int records, int size) {
        RecordBatchBuilder batch = new RecordBatchBuilder();
        for (int i = 0; i < records; i++) {
            batch.append(System.currentTimeMillis(), null, ByteBuffer.allocate(size));
        }
        ProduceRequest request = ProduceRequest.builder()
                .acks((short) 1)
                .timeoutMs(30_000)
                .topicData(List.of(ProduceRequest.TopicProduceData.builder()
                        .name(topic)
                        .partitionData(List.of(ProduceRequest.PartitionProduceData.builder()
                                .index(0)
                                .records(List.of(batch.build(new NativeCodecs())))
                                .build()))
                        .build()))
                .build();
        return framed(ProduceRequest.API_KEY, PRODUCE_VERSION, (short) 2, request);
    }

    /** Where the error code stands in the answer to {@link #produce}, behind the length. */
    static int errorCodeAt(String topic) {
        int correlationAndTags = 5;
        int topicCountAndNameLength = 2;
        int partitionCountAndIndex = 5;
        return correlationAndTags + topicCountAndNameLength + topic.length() + partitionCountAndIndex;
    }

    /** Metadata of a topic, which is created where there is none. */
    static ByteBuffer metadata(String topic) {
        MetadataRequest request = MetadataRequest.builder()
                .topics(List.of(MetadataRequest.MetadataRequestTopic.builder()
                        .name(topic)
                        .build()))
                .allowAutoTopicCreation(true)
                .build();
        return framed(MetadataRequest.API_KEY, (short) 9, (short) 2, request);
    }

    /** ApiVersions 0. */
    static ByteBuffer apiVersions() {
        return framed(
                ApiVersionsRequest.API_KEY,
                (short) 0,
                (short) 1,
                ApiVersionsRequest.builder().build());
    }

    /** The request behind its header and length. */
    static ByteBuffer framed(short apiKey, short version, short headerVersion, RequestMessage request) {
        WireWriter out = WireWriter.framed(256);
        RequestHeader.builder()
                .requestApiKey(apiKey)
                .requestApiVersion(version)
                .correlationId(1)
                .clientId("benchmark")
                .build()
                .write(out, headerVersion);
        request.write(out, version);
        ByteBuffer bytes = out.finishAsOne();
        return ByteBuffer.allocateDirect(bytes.remaining()).put(bytes).flip();
    }
}
