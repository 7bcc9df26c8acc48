package io.strikemq.adapter.kafka.api.topics;

import io.strikemq.adapter.kafka.api.AdvertisedAddresses;
import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.api.AuthorizedOperations;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.MetadataRequest;
import io.strikemq.adapter.kafka.message.MetadataRequest.MetadataRequestTopic;
import io.strikemq.adapter.kafka.message.MetadataResponse;
import io.strikemq.adapter.kafka.message.MetadataResponse.MetadataResponseBroker;
import io.strikemq.adapter.kafka.message.MetadataResponse.MetadataResponsePartition;
import io.strikemq.adapter.kafka.message.MetadataResponse.MetadataResponseTopic;
import io.strikemq.adapter.kafka.wire.WireDefaults;
import io.strikemq.domain.cluster.ClusterDescription;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.DescribeCluster;
import io.strikemq.domain.port.in.DescribeTopics;
import io.strikemq.domain.port.in.DescribeTopics.Creation;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicListing;
import io.strikemq.domain.topic.TopicListing.PartitionListing;
import io.strikemq.domain.topic.TopicRef;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Metadata, versions 0 to 13.
 *
 * <p>All topics are asked for by none in version 0, by null later, when none means none. 1 tells the controller, the
 * brokers' racks (KIP-36) and which topics are internal, 2 the cluster's id (KIP-78), 7 leader epochs (KIP-320), 8 what the client may do (KIP-430;
 * of the cluster up to 10), 10 topic ids (KIP-516), by which 12 may ask; 13 has an error of its own. Creation of
 * missing topics can be forbidden since 4 (KIP-204). A topic that is created by this request is complete in the answer,
 * where Kafka lets the client ask again.
 */
public final class MetadataApi extends Api<MetadataRequest> {
    private static final short FIRST_BY_ID = 12;
    private static final short LAST_WITH_CLUSTER_OPERATIONS = 10;

    private final DescribeTopics describeTopics;
    private final DescribeCluster describeCluster;
    private final AdvertisedAddresses addresses;

    public MetadataApi(DescribeTopics describeTopics, DescribeCluster describeCluster, AdvertisedAddresses addresses) {
        super(ApiKey.METADATA, MetadataRequest::read);
        this.describeTopics = describeTopics;
        this.describeCluster = describeCluster;
        this.addresses = addresses;
    }

    @Override
    public void handle(ApiCall<MetadataRequest> call) {
        call.replyWhen(listings(call), topics -> response(call, topics));
    }

    private MetadataResponse response(ApiCall<MetadataRequest> call, List<TopicListing> topics) {
        ClusterDescription cluster = describeCluster.describe();
        boolean asksCluster =
                call.request().includeClusterAuthorizedOperations() && call.version() <= LAST_WITH_CLUSTER_OPERATIONS;
        int operations = call.request().includeTopicAuthorizedOperations()
                ? AuthorizedOperations.TOPIC
                : AuthorizedOperations.NOT_ASKED;
        return MetadataResponse.builder()
                .brokers(brokers(call, cluster))
                .clusterId(cluster.clusterId())
                .controllerId(cluster.controllerId())
                .topics(each(topics, listing -> topic(listing, operations)))
                .clusterAuthorizedOperations(
                        asksCluster ? AuthorizedOperations.CLUSTER : AuthorizedOperations.NOT_ASKED)
                .build();
    }

    private CompletionStage<List<TopicListing>> listings(ApiCall<MetadataRequest> call) {
        List<MetadataRequestTopic> topics = call.request().topics();
        if (topics == null || call.version() == 0 && topics.isEmpty()) {
            return CompletableFuture.completedFuture(describeTopics.all(call.context()));
        }
        Creation creation = call.request().allowAutoTopicCreation() ? Creation.ALLOWED : Creation.FORBIDDEN;
        return describeTopics.named(call.context(), refs(topics, call.version()), creation);
    }

    private static List<TopicRef> refs(List<MetadataRequestTopic> topics, short version) {
        if (version < FIRST_BY_ID) {
            topics.forEach(topic -> requireName(topic, version));
        }
        List<TopicRef> ids = topics.stream()
                .map(MetadataRequestTopic::topicId)
                .filter(id -> !id.equals(WireDefaults.ZERO_UUID))
                .distinct()
                .map(TopicRef::byId)
                .toList();
        if (!ids.isEmpty()) {
            return ids;
        }
        return topics.stream()
                .map(MetadataRequestTopic::name)
                .filter(name -> name != null)
                .distinct()
                .map(TopicRef::byName)
                .toList();
    }

    private static void requireName(MetadataRequestTopic topic, short version) {
        if (topic.name() == null) {
            throw new BrokerException(ErrorCode.INVALID_REQUEST, "Topic name can not be null for version " + version);
        }
        if (!topic.topicId().equals(WireDefaults.ZERO_UUID)) {
            throw new BrokerException(
                    ErrorCode.INVALID_REQUEST, "Topic IDs are not supported in requests for version " + version);
        }
    }

    private List<MetadataResponseBroker> brokers(ApiCall<MetadataRequest> call, ClusterDescription cluster) {
        return cluster.brokerIds().stream()
                .flatMap(id -> addresses.of(id, call.connection()).stream())
                .map(address -> MetadataResponseBroker.builder()
                        .nodeId(address.nodeId())
                        .host(address.host())
                        .port(address.port())
                        .rack(cluster.rack(address.nodeId()))
                        .build())
                .toList();
    }

    private static MetadataResponseTopic topic(TopicListing listing, int operations) {
        if (listing.topic() == null) {
            TopicRef ref = listing.ref();
            return MetadataResponseTopic.builder()
                    .errorCode(listing.error().code())
                    .name(ref.name())
                    .topicId(ref.isById() ? ref.id() : WireDefaults.ZERO_UUID)
                    .isInternal(!ref.isById() && Topic.isInternal(ref.name()))
                    .topicAuthorizedOperations(ref.isById() ? AuthorizedOperations.NOT_ASKED : operations)
                    .build();
        }
        return MetadataResponseTopic.builder()
                .errorCode(listing.error().code())
                .name(listing.topic().name())
                .topicId(listing.topic().id())
                .isInternal(listing.topic().isInternal())
                .partitions(each(listing.partitions(), MetadataApi::partition))
                .topicAuthorizedOperations(operations)
                .build();
    }

    private static MetadataResponsePartition partition(PartitionListing partition) {
        return MetadataResponsePartition.builder()
                .partitionIndex(partition.partition())
                .leaderId(partition.leaderId())
                .leaderEpoch(partition.leaderEpoch())
                .replicaNodes(partition.replicas())
                .isrNodes(partition.replicas())
                .build();
    }

    @Override
    public MetadataResponse refusal(MetadataRequest request, short version, ErrorCode error, String message) {
        List<MetadataRequestTopic> topics = request.topics() == null ? List.of() : request.topics();
        return MetadataResponse.builder()
                .errorCode(error.code())
                .topics(each(
                        topics,
                        topic -> MetadataResponseTopic.builder()
                                .errorCode(error.code())
                                .name(topic.name() == null && version < FIRST_BY_ID ? "" : topic.name())
                                .topicId(topic.topicId())
                                .build()))
                .build();
    }
}
