package io.strikemq.application.group;

import io.strikemq.application.coordinator.CoordinatorErrors;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupEvent.Client;
import io.strikemq.domain.group.consumer.ConsumerHeartbeat;
import io.strikemq.domain.group.consumer.HeartbeatResult;
import io.strikemq.domain.port.in.JoinConsumerGroup;
import io.strikemq.domain.port.out.Identifiers;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.settings.ConsumerGroupSettings;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The consumer group protocol on top of {@link CoordinatedGroups}: finds the group, or says why there is none. */
public final class ConsumerGroupMembership implements JoinConsumerGroup {
    private final CoordinatedGroups groups;
    private final ConsumerGroupSettings settings;
    private final Identifiers identifiers;
    private final BooleanSupplier isServed;
    private final Executor workers;

    /**
     * @param isServed whether the protocol is served at the moment
     * @param workers  run what takes long
     */
    public ConsumerGroupMembership(
            CoordinatedGroups groups,
            ConsumerGroupSettings settings,
            Identifiers identifiers,
            BooleanSupplier isServed,
            Executor workers) {
        this.groups = groups;
        this.settings = settings;
        this.identifiers = identifiers;
        this.isServed = isServed;
        this.workers = workers;
    }

    @Override
    public boolean isServed() {
        return isServed.getAsBoolean();
    }

    /** What may have a new target computed is left to a worker, and so is who would wait for that. */
    @Override
    public CompletionStage<HeartbeatResult> heartbeat(
            RequestContext context, ConsumerHeartbeat heartbeat, MemberNaming naming) {
        try {
            HeartbeatChecks.check(heartbeat, naming, settings.assignors());
        } catch (BrokerException e) {
            return refused(e.error(), e.getMessage());
        }
        boolean mayTakeLong = heartbeat.mayChangeMuch()
                || groups.find(heartbeat.groupId())
                        .filter(CoordinatedGroup::mayTakeLong)
                        .isPresent();
        Supplier<CompletionStage<HeartbeatResult>> work = () -> handle(context, heartbeat);
        return mayTakeLong ? CompletableFuture.supplyAsync(work, workers).thenCompose(stage -> stage) : work.get();
    }

    private CompletionStage<HeartbeatResult> handle(RequestContext context, ConsumerHeartbeat heartbeat) {
        String groupId = heartbeat.groupId();
        boolean joins = heartbeat.memberEpoch() == ConsumerHeartbeat.JOINING;
        Optional<CoordinatedGroup> group;
        try {
            group = joins ? Optional.of(groups.findOrCreate(groupId)) : groups.find(groupId);
        } catch (BrokerException e) {
            return refused(CoordinatorErrors.afterFailedAppend(e.error()), null);
        }
        if (group.isEmpty()) {
            String kind = heartbeat.leaves() ? "Group " : "Consumer group ";
            return refused(groups.absence(groupId), kind + groupId + " not found.");
        }
        Client client = new Client(context.clientId(), context.clientAddress());
        // Only versions that do not bring an id of their own need one, and random bytes are dear for each heartbeat.
        String memberId = heartbeat.memberId().isEmpty()
                ? new FreshMemberId(context.clientId(), identifiers.newUuid()).bare()
                : heartbeat.memberId();
        return group.get().heartbeat(client, heartbeat, memberId);
    }

    private static CompletionStage<HeartbeatResult> refused(ErrorCode error, String message) {
        return CompletableFuture.completedFuture(HeartbeatResult.refused(error, message));
    }
}
