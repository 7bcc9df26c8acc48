package io.strikemq.bootstrap.rehearsal;

import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.ApiVersionsRequest;
import io.strikemq.adapter.kafka.message.FetchRequest;
import io.strikemq.adapter.kafka.message.FetchRequest.FetchPartition;
import io.strikemq.adapter.kafka.message.FetchRequest.FetchTopic;
import io.strikemq.adapter.kafka.message.FindCoordinatorRequest;
import io.strikemq.adapter.kafka.message.HeartbeatRequest;
import io.strikemq.adapter.kafka.message.InitProducerIdRequest;
import io.strikemq.adapter.kafka.message.JoinGroupRequest;
import io.strikemq.adapter.kafka.message.JoinGroupRequest.JoinGroupRequestProtocol;
import io.strikemq.adapter.kafka.message.JoinGroupResponse;
import io.strikemq.adapter.kafka.message.LeaveGroupRequest;
import io.strikemq.adapter.kafka.message.LeaveGroupRequest.MemberIdentity;
import io.strikemq.adapter.kafka.message.ListOffsetsRequest;
import io.strikemq.adapter.kafka.message.ListOffsetsRequest.ListOffsetsPartition;
import io.strikemq.adapter.kafka.message.ListOffsetsRequest.ListOffsetsTopic;
import io.strikemq.adapter.kafka.message.MetadataRequest;
import io.strikemq.adapter.kafka.message.MetadataRequest.MetadataRequestTopic;
import io.strikemq.adapter.kafka.message.MetadataResponse;
import io.strikemq.adapter.kafka.message.OffsetCommitRequest;
import io.strikemq.adapter.kafka.message.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.strikemq.adapter.kafka.message.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.strikemq.adapter.kafka.message.OffsetFetchRequest;
import io.strikemq.adapter.kafka.message.OffsetFetchRequest.OffsetFetchRequestGroup;
import io.strikemq.adapter.kafka.message.OffsetFetchRequest.OffsetFetchRequestTopics;
import io.strikemq.adapter.kafka.message.ProduceRequest;
import io.strikemq.adapter.kafka.message.ProduceRequest.PartitionProduceData;
import io.strikemq.adapter.kafka.message.ProduceRequest.TopicProduceData;
import io.strikemq.adapter.kafka.message.RequestHeader;
import io.strikemq.adapter.kafka.message.ResponseHeader;
import io.strikemq.adapter.kafka.message.SyncGroupRequest;
import io.strikemq.adapter.kafka.message.SyncGroupRequest.SyncGroupRequestAssignment;
import io.strikemq.adapter.kafka.wire.RequestMessage;
import io.strikemq.adapter.kafka.wire.ResponseMessage;
import io.strikemq.adapter.kafka.wire.WireReader;
import io.strikemq.adapter.kafka.wire.WireWriter;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.record.RecordBatchBuilder;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;

/** What producers, consumers and groups ask first, in the newest versions, as Kafka's own clients do. */
public final class KafkaVisit implements AutoCloseable {
    private static final String TOPIC = "rehearsal";
    private static final String GROUP = "rehearsal";
    static final int PATIENCE_MILLIS = 30_000;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Socket socket;
    private final DataInputStream in;
    private final CompressionCodecs codecs;
    private UUID topicId;

    /** Connects to a port of this machine. */
    public KafkaVisit(int port, CompressionCodecs codecs) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        this.in = new DataInputStream(socket.getInputStream());
        this.codecs = codecs;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** Looks at the broker, and has the topic created. */
    public void introduce() throws IOException {
        ask(ApiVersionsRequest.builder()
                .clientSoftwareName("rehearsal")
                .clientSoftwareVersion("1")
                .build());
        MetadataResponse metadata = (MetadataResponse) ask(MetadataRequest.builder()
                .topics(List.of(MetadataRequestTopic.builder().name(TOPIC).build()))
                .allowAutoTopicCreation(true)
                .build());
        topicId = metadata.topics().get(0).topicId();
        ask(InitProducerIdRequest.builder().build());
    }

    /** Writes a record and reads it; {@code offset} is the one that it gets. */
    public void produceAndFetch(long offset) throws IOException {
        ask(ProduceRequest.builder()
                .acks((short) -1)
                .timeoutMs(30_000)
                .topicData(List.of(TopicProduceData.builder()
                        .topicId(topicId)
                        .partitionData(List.of(PartitionProduceData.builder()
                                .records(List.of(batch()))
                                .build()))
                        .build()))
                .build());
        ask(ListOffsetsRequest.builder()
                .topics(List.of(ListOffsetsTopic.builder()
                        .name(TOPIC)
                        .partitions(List.of(
                                ListOffsetsPartition.builder().timestamp(-1).build()))
                        .build()))
                .build());
        ask(FetchRequest.builder()
                .minBytes(1)
                .topics(List.of(FetchTopic.builder()
                        .topicId(topicId)
                        .partitions(List.of(FetchPartition.builder()
                                .fetchOffset(offset)
                                .partitionMaxBytes(1 << 20)
                                .build()))
                        .build()))
                .build());
    }

    private ByteBuffer batch() {
        return new RecordBatchBuilder()
                .append(0, null, ByteBuffer.allocate(100))
                .build(codecs);
    }

    /** Joins a group, commits an offset, and leaves. */
    public void consumeInGroup() throws IOException {
        ask(FindCoordinatorRequest.builder().coordinatorKeys(List.of(GROUP)).build());
        String member = join("").memberId();
        int generation = join(member).generationId();
        ask(SyncGroupRequest.builder()
                .groupId(GROUP)
                .generationId(generation)
                .memberId(member)
                .protocolType("consumer")
                .protocolName("range")
                .assignments(List.of(SyncGroupRequestAssignment.builder()
                        .memberId(member)
                        .assignment(NOTHING)
                        .build()))
                .build());
        ask(OffsetCommitRequest.builder()
                .groupId(GROUP)
                .generationIdOrMemberEpoch(generation)
                .memberId(member)
                .topics(List.of(OffsetCommitRequestTopic.builder()
                        .topicId(topicId)
                        .partitions(List.of(OffsetCommitRequestPartition.builder()
                                .committedOffset(1)
                                .committedMetadata("")
                                .build()))
                        .build()))
                .build());
        ask(OffsetFetchRequest.builder()
                .groups(List.of(OffsetFetchRequestGroup.builder()
                        .groupId(GROUP)
                        .topics(List.of(OffsetFetchRequestTopics.builder()
                                .topicId(topicId)
                                .partitionIndexes(List.of(0))
                                .build()))
                        .build()))
                .build());
        ask(HeartbeatRequest.builder()
                .groupId(GROUP)
                .generationId(generation)
                .memberId(member)
                .build());
        ask(LeaveGroupRequest.builder()
                .groupId(GROUP)
                .members(List.of(MemberIdentity.builder().memberId(member).build()))
                .build());
    }

    private JoinGroupResponse join(String member) throws IOException {
        return (JoinGroupResponse) ask(JoinGroupRequest.builder()
                .groupId(GROUP)
                .sessionTimeoutMs(45_000)
                .rebalanceTimeoutMs(300_000)
                .memberId(member)
                .protocolType("consumer")
                .protocols(List.of(JoinGroupRequestProtocol.builder()
                        .name("range")
                        .metadata(NOTHING)
                        .build()))
                .build());
    }

    private ResponseMessage ask(RequestMessage request) throws IOException {
        ApiKey api = ApiKey.forId(request.apiKey());
        short version = api.highestStableVersion();
        WireWriter out = WireWriter.framed(256);
        RequestHeader.builder()
                .requestApiKey(api.id())
                .requestApiVersion(version)
                .clientId("rehearsal")
                .build()
                .write(out, api.requestHeaderVersion(version));
        request.write(out, version);
        ByteBuffer frame = out.finishAsOne();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        socket.getOutputStream().write(bytes);
        WireReader answer = new WireReader(ByteBuffer.wrap(in.readNBytes(in.readInt())));
        ResponseHeader.read(answer, api.responseHeaderVersion(version));
        return api.readResponse(answer, version);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
