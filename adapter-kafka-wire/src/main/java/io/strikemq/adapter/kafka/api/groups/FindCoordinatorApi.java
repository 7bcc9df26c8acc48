package io.strikemq.adapter.kafka.api.groups;

import io.strikemq.adapter.kafka.api.AdvertisedAddresses;
import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.api.NodeAddress;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.FindCoordinatorRequest;
import io.strikemq.adapter.kafka.message.FindCoordinatorResponse;
import io.strikemq.adapter.kafka.message.FindCoordinatorResponse.Coordinator;
import io.strikemq.adapter.kafka.wire.RowVisitor;
import io.strikemq.adapter.kafka.wire.Rows;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.DescribeCluster;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * FindCoordinator, versions 0 to 6.
 *
 * <p>The controller coordinates all groups and transactions. Version 1 asks for transactions too (KIP-98); 4 asks for many keys at once (KIP-699); 6 for share groups (KIP-932), which there
 * are none of: INVALID_REQUEST, as for types that nobody knows.
 */
public final class FindCoordinatorApi extends Api<FindCoordinatorRequest> {
    private static final short FIRST_BATCHED = 4;
    private static final byte GROUP = 0;
    private static final byte TRANSACTION = 1;
    private static final NodeAddress NOWHERE = new NodeAddress(-1, "", -1);

    private final DescribeCluster describeCluster;
    private final AdvertisedAddresses addresses;

    public FindCoordinatorApi(DescribeCluster describeCluster, AdvertisedAddresses addresses) {
        super(ApiKey.FIND_COORDINATOR, FindCoordinatorRequest::read);
        this.describeCluster = describeCluster;
        this.addresses = addresses;
    }

    @Override
    public void handle(ApiCall<FindCoordinatorRequest> call) {
        FindCoordinatorRequest request = call.request();
        switch (request.keyType()) {
            case GROUP, TRANSACTION -> {
                NodeAddress address = addresses
                        .of(describeCluster.describe().controllerId(), call.connection())
                        .orElse(NOWHERE);
                ErrorCode error = address == NOWHERE ? ErrorCode.COORDINATOR_NOT_AVAILABLE : ErrorCode.NONE;
                call.reply(response(request, call.version(), error, null, address));
            }
            default -> call.fail(BrokerException.malformedRequest());
        }
    }

    private static FindCoordinatorResponse response(
            FindCoordinatorRequest request, short version, ErrorCode error, String message, NodeAddress address) {
        if (version < FIRST_BATCHED) {
            // Where there is nothing more to say, Kafka fills in the name of the error, even of none.
            return FindCoordinatorResponse.builder()
                    .errorCode(error.code())
                    .errorMessage(message == null ? error.name() : message)
                    .nodeId(address.nodeId())
                    .host(address.host())
                    .port(address.port())
                    .build();
        }
        Function<String, Coordinator> coordinator = key -> Coordinator.builder()
                .key(key)
                .errorCode(error.code())
                .errorMessage(message == null ? "" : message)
                .nodeId(address.nodeId())
                .host(address.host())
                .port(address.port())
                .build();
        List<Coordinator> coordinators = each(request.coordinatorKeys(), coordinator);
        return FindCoordinatorResponse.builder().coordinators(coordinators).build();
    }

    @Override
    protected FindCoordinatorRequest select(FindCoordinatorRequest request, short version, RowVisitor rows) {
        BiConsumer<RowVisitor, String> show = switch (request.keyType()) {
            case GROUP -> RowVisitor::group;
            case TRANSACTION -> RowVisitor::transactionalId;
            default -> (visitor, key) -> {};
        };
        if (version < FIRST_BATCHED) {
            show.accept(rows, request.key());
            return request;
        }
        return request.toBuilder()
                .coordinatorKeys(Rows.keepNames(request.coordinatorKeys(), rows, show))
                .build();
    }

    @Override
    public FindCoordinatorResponse refusal(
            FindCoordinatorRequest request, short version, ErrorCode error, String message) {
        return response(request, version, error, message, NOWHERE);
    }
}
