package io.strikemq.adapter.kafka.api.records;

import io.strikemq.adapter.kafka.api.AdvertisedAddresses;
import io.strikemq.adapter.kafka.api.NodeAddress;
import io.strikemq.adapter.kafka.api.Runs;
import io.strikemq.adapter.kafka.message.FetchRequest;
import io.strikemq.adapter.kafka.message.FetchResponse;
import io.strikemq.adapter.kafka.message.FetchResponse.AbortedTransaction;
import io.strikemq.adapter.kafka.message.FetchResponse.FetchableTopicResponse;
import io.strikemq.adapter.kafka.message.FetchResponse.LeaderIdAndEpoch;
import io.strikemq.adapter.kafka.message.FetchResponse.NodeEndpoint;
import io.strikemq.adapter.kafka.message.FetchResponse.PartitionData;
import io.strikemq.adapter.kafka.net.ConnectionInfo;
import io.strikemq.adapter.kafka.wire.WireDefaults;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.FetchQuery.PartitionQuery;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.fetch.PartitionFetched;
import io.strikemq.domain.topic.TopicRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Writes down what a fetch found, in the words of one version. */
record FetchAnswer(short version, ConnectionInfo connection, AdvertisedAddresses addresses) {
    private static final short FIRST_WITH_ERROR = 7;
    private static final short FIRST_WITH_LEADERS = 12;
    private static final short FIRST_BY_ID = 13;
    private static final short FIRST_WITH_ENDPOINTS = 16;

    FetchResponse of(FetchResult result) {
        List<FetchableTopicResponse> topics = new ArrayList<>();
        for (List<PartitionFetched> run : Runs.by(PartitionFetched::topic, result.partitions())) {
            TopicRef topic = run.get(0).topic();
            topics.add(FetchableTopicResponse.builder()
                    .topic(topic.isById() ? "" : topic.name())
                    .topicId(topic.isById() ? topic.id() : WireDefaults.ZERO_UUID)
                    .partitions(run.stream().map(this::partition).toList())
                    .build());
        }
        return FetchResponse.builder()
                .errorCode(result.error().code())
                .sessionId(version < FIRST_WITH_ERROR ? 0 : result.sessionId())
                .responses(topics)
                .nodeEndpoints(leaders(result))
                .build();
    }

    private PartitionData partition(PartitionFetched fetched) {
        PartitionData.Builder partition = PartitionData.builder()
                .partitionIndex(fetched.partition())
                .errorCode(OlderErrors.fetch(fetched.error(), version))
                .highWatermark(fetched.highWatermark())
                .lastStableOffset(fetched.lastStableOffset())
                .logStartOffset(fetched.logStartOffset())
                .abortedTransactions(aborted(fetched))
                .records(fetched.records().buffers());
        if (fetched.currentLeader() != null && version >= FIRST_WITH_LEADERS) {
            partition.currentLeader(LeaderIdAndEpoch.builder()
                    .leaderId(fetched.currentLeader().leaderId())
                    .leaderEpoch(fetched.currentLeader().leaderEpoch())
                    .build());
        }
        return partition.build();
    }

    private static List<AbortedTransaction> aborted(PartitionFetched fetched) {
        return fetched.aborted() == null
                ? null
                : fetched.aborted().stream()
                        .map(each -> AbortedTransaction.builder()
                                .producerId(each.producerId())
                                .firstOffset(each.firstOffset())
                                .build())
                        .toList();
    }

    private List<NodeEndpoint> leaders(FetchResult result) {
        if (version < FIRST_WITH_ENDPOINTS) {
            return List.of();
        }
        return result.partitions().stream()
                .map(PartitionFetched::currentLeader)
                .filter(Objects::nonNull)
                .map(PartitionFetched.LeaderAndEpoch::leaderId)
                .distinct()
                .flatMap(id -> addresses.of(id, connection).stream())
                .map(FetchAnswer::endpoint)
                .toList();
    }

    private static NodeEndpoint endpoint(NodeAddress address) {
        return NodeEndpoint.builder()
                .nodeId(address.nodeId())
                .host(address.host())
                .port(address.port())
                .build();
    }

    /** As in Kafka, it names the session of the request, and partitions have the error too while topics have names. */
    static FetchResponse refusal(FetchRequest request, short version, ErrorCode error) {
        short code = version < FIRST_WITH_ERROR ? 0 : error.code();
        int sessionId = version < FIRST_WITH_ERROR ? 0 : request.sessionId();
        if (version >= FIRST_BY_ID) {
            return FetchResponse.builder().errorCode(code).sessionId(sessionId).build();
        }
        return FetchResponse.builder()
                .errorCode(code)
                .sessionId(sessionId)
                .responses(request.topics().stream()
                        .map(topic -> FetchableTopicResponse.builder()
                                .topic(topic.topic())
                                .partitions(topic.partitions().stream()
                                        .map(partition ->
                                                failed(partition.partition(), OlderErrors.fetch(error, version)))
                                        .toList())
                                .build())
                        .toList())
                .build();
    }

    /** An answer that says nothing but this error, of each of these partitions. */
    static FetchResponse refusal(List<PartitionQuery> refused, short version, ErrorCode error) {
        List<FetchableTopicResponse> topics = new ArrayList<>();
        for (List<PartitionQuery> run : Runs.by(PartitionQuery::topic, refused)) {
            TopicRef topic = run.get(0).topic();
            topics.add(FetchableTopicResponse.builder()
                    .topic(topic.isById() ? "" : topic.name())
                    .topicId(topic.isById() ? topic.id() : WireDefaults.ZERO_UUID)
                    .partitions(run.stream()
                            .map(each -> failed(each.partition(), OlderErrors.fetch(error, version)))
                            .toList())
                    .build());
        }
        return FetchResponse.builder().responses(topics).build();
    }

    private static PartitionData failed(int partition, short errorCode) {
        return PartitionData.builder()
                .partitionIndex(partition)
                .errorCode(errorCode)
                .highWatermark(-1)
                .abortedTransactions(List.of())
                .records(List.of())
                .build();
    }
}
