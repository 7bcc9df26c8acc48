package io.strikemq.adapter.kafka.api.cluster;

import io.strikemq.adapter.kafka.api.AdvertisedAddresses;
import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.api.AuthorizedOperations;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.DescribeClusterRequest;
import io.strikemq.adapter.kafka.message.DescribeClusterResponse;
import io.strikemq.adapter.kafka.message.DescribeClusterResponse.DescribeClusterBroker;
import io.strikemq.domain.cluster.ClusterDescription;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.DescribeCluster;

/**
 * DescribeCluster, versions 0 to 2 (KIP-700).
 *
 * <p>Since version 1 a client may ask for controllers (KIP-919), which no listener here is for:
 * MISMATCHED_ENDPOINT_TYPE. No broker is ever fenced, which version 2 could tell.
 */
public final class DescribeClusterApi extends Api<DescribeClusterRequest> {
    private static final byte BROKERS = 1;
    private static final byte CONTROLLERS = 2;

    private final DescribeCluster describeCluster;
    private final AdvertisedAddresses addresses;

    public DescribeClusterApi(DescribeCluster describeCluster, AdvertisedAddresses addresses) {
        super(ApiKey.DESCRIBE_CLUSTER, DescribeClusterRequest::read);
        this.describeCluster = describeCluster;
        this.addresses = addresses;
    }

    @Override
    public void handle(ApiCall<DescribeClusterRequest> call) {
        requireBrokers(call.request().endpointType());
        ClusterDescription cluster = describeCluster.describe();
        call.reply(DescribeClusterResponse.builder()
                .clusterId(cluster.clusterId())
                .controllerId(cluster.controllerId())
                .brokers(cluster.brokerIds().stream()
                        .flatMap(id -> addresses.of(id, call.connection()).stream())
                        .map(address -> DescribeClusterBroker.builder()
                                .brokerId(address.nodeId())
                                .host(address.host())
                                .port(address.port())
                                .rack(cluster.rack(address.nodeId()))
                                .build())
                        .toList())
                .clusterAuthorizedOperations(
                        call.request().includeClusterAuthorizedOperations()
                                ? AuthorizedOperations.CLUSTER
                                : AuthorizedOperations.NOT_ASKED)
                .build());
    }

    private static void requireBrokers(byte endpointType) {
        if (endpointType == CONTROLLERS) {
            throw new BrokerException(
                    ErrorCode.MISMATCHED_ENDPOINT_TYPE,
                    "The request was sent to an endpoint of type BROKER, but we wanted an endpoint of type CONTROLLER");
        }
        if (endpointType != BROKERS) {
            throw new BrokerException(ErrorCode.UNSUPPORTED_ENDPOINT_TYPE, "Unsupported endpoint type " + endpointType);
        }
    }

    @Override
    public DescribeClusterResponse refusal(
            DescribeClusterRequest request, short version, ErrorCode error, String message) {
        return DescribeClusterResponse.builder()
                .errorCode(error.code())
                .errorMessage(message)
                .build();
    }
}
