package io.strikemq.adapter.kafka.api.cluster;

import io.strikemq.adapter.kafka.api.AdvertisedAddresses;
import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.DescribeQuorumRequest;
import io.strikemq.adapter.kafka.message.DescribeQuorumResponse;
import io.strikemq.adapter.kafka.message.DescribeQuorumResponse.Listener;
import io.strikemq.adapter.kafka.message.DescribeQuorumResponse.Node;
import io.strikemq.adapter.kafka.message.DescribeQuorumResponse.PartitionData;
import io.strikemq.adapter.kafka.message.DescribeQuorumResponse.ReplicaState;
import io.strikemq.adapter.kafka.message.DescribeQuorumResponse.TopicData;
import io.strikemq.domain.cluster.QuorumDescription;
import io.strikemq.domain.cluster.QuorumDescription.Voter;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.DescribeQuorum;
import io.strikemq.domain.topic.Topic;
import java.util.List;

/**
 * DescribeQuorum, versions 0 to 2 (KIP-595). Since version 1 it tells when a voter was up to date (KIP-836), since 2 the
 * voters' directories, which as with Kafka's fixed voters have no ids, and their addresses (KIP-853): no listener for
 * controllers is open, so it is the one by which the client came that goes by its name. As in Kafka, one partition of
 * {@code __cluster_metadata} must be asked for and nothing else.
 */
public final class DescribeQuorumApi extends Api<DescribeQuorumRequest> {
    private static final short FIRST_WITH_NODES = 2;

    private final DescribeQuorum describeQuorum;
    private final AdvertisedAddresses addresses;

    public DescribeQuorumApi(DescribeQuorum describeQuorum, AdvertisedAddresses addresses) {
        super(ApiKey.DESCRIBE_QUORUM, DescribeQuorumRequest::read);
        this.describeQuorum = describeQuorum;
        this.addresses = addresses;
    }

    @Override
    public void handle(ApiCall<DescribeQuorumRequest> call) {
        if (!asksForMetadata(call.request())) {
            call.reply(notHere(call.request()));
            return;
        }
        QuorumDescription quorum = describeQuorum.describeQuorum();
        call.reply(DescribeQuorumResponse.builder()
                .topics(List.of(TopicData.builder()
                        .topicName(Topic.CLUSTER_METADATA)
                        .partitions(List.of(partition(quorum)))
                        .build()))
                .nodes(call.version() < FIRST_WITH_NODES ? List.of() : nodes(call, quorum))
                .build());
    }

    private static boolean asksForMetadata(DescribeQuorumRequest request) {
        if (request.topics().size() != 1) {
            return false;
        }
        DescribeQuorumRequest.TopicData topic = request.topics().get(0);
        return topic.topicName().equals(Topic.CLUSTER_METADATA)
                && topic.partitions().size() == 1
                && topic.partitions().get(0).partitionIndex() == 0;
    }

    private static PartitionData partition(QuorumDescription quorum) {
        return PartitionData.builder()
                .leaderId(quorum.leaderId())
                .leaderEpoch(quorum.leaderEpoch())
                .highWatermark(quorum.highWatermark())
                .currentVoters(each(quorum.voters(), DescribeQuorumApi::state))
                .build();
    }

    private static ReplicaState state(Voter voter) {
        return ReplicaState.builder()
                .replicaId(voter.id())
                .logEndOffset(voter.logEndOffset())
                .lastFetchTimestamp(voter.lastFetchMillis())
                .lastCaughtUpTimestamp(voter.lastCaughtUpMillis())
                .build();
    }

    private List<Node> nodes(ApiCall<DescribeQuorumRequest> call, QuorumDescription quorum) {
        return each(
                quorum.voters(),
                voter -> Node.builder()
                        .nodeId(voter.id())
                        .listeners(addresses.of(voter.id(), call.connection()).stream()
                                .map(address -> Listener.builder()
                                        .name(quorum.controllerListener())
                                        .host(address.host())
                                        .port(address.port())
                                        .build())
                                .toList())
                        .build());
    }

    private static DescribeQuorumResponse notHere(DescribeQuorumRequest request) {
        return DescribeQuorumResponse.builder()
                .topics(each(
                        request.topics(),
                        topic -> TopicData.builder()
                                .topicName(topic.topicName())
                                .partitions(each(
                                        topic.partitions(),
                                        partition -> PartitionData.builder()
                                                .partitionIndex(partition.partitionIndex())
                                                .errorCode(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code())
                                                .errorMessage("This server does not host this topic-partition.")
                                                .build()))
                                .build()))
                .build();
    }

    @Override
    public DescribeQuorumResponse refusal(
            DescribeQuorumRequest request, short version, ErrorCode error, String message) {
        return DescribeQuorumResponse.builder()
                .errorCode(error.code())
                .errorMessage(message)
                .build();
    }
}
