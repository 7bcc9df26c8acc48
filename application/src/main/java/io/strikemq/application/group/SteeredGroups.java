package io.strikemq.application.group;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.Group;
import io.strikemq.domain.group.classic.ClassicGroup;
import io.strikemq.domain.group.consumer.ConsumerGroup;
import io.strikemq.domain.group.steering.GroupSteered;
import io.strikemq.domain.group.steering.MemberPick;
import io.strikemq.domain.group.steering.ScriptedAssignment;
import io.strikemq.domain.group.steering.SteeringEvent;
import io.strikemq.domain.group.steering.SteeringOutcome;
import io.strikemq.domain.offset.OffsetReset;
import io.strikemq.domain.offset.PartitionReset;
import io.strikemq.domain.port.in.ResetOffsets;
import io.strikemq.domain.port.in.SteerGroups;
import io.strikemq.domain.port.out.Identifiers;
import io.strikemq.domain.request.RequestContext;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.LongFunction;

/** Finds the group, and has it do what a tester wants, as one event. */
public final class SteeredGroups implements SteerGroups {
    private static final RequestContext TESTER =
            new RequestContext(0, "POWERS", RequestContext.ANONYMOUS, "", "/127.0.0.1");

    private final CoordinatedGroups groups;
    private final ResetOffsets resets;
    private final Identifiers identifiers;

    /** {@code identifiers} name who takes a member's place. */
    public SteeredGroups(CoordinatedGroups groups, ResetOffsets resets, Identifiers identifiers) {
        this.groups = groups;
        this.resets = resets;
        this.identifiers = identifiers;
    }

    @Override
    public GroupSteered rebalance(String groupId) {
        return steer(groupId, SteeringEvent.Rebalance::new);
    }

    @Override
    public GroupSteered expel(String groupId, MemberPick who) {
        return steer(groupId, request -> new SteeringEvent.Expel(request, who));
    }

    @Override
    public GroupSteered fence(String groupId, MemberPick who) {
        String freshId = new FreshMemberId("", identifiers.newUuid()).bare();
        return steer(groupId, request -> new SteeringEvent.Fence(request, who, freshId));
    }

    @Override
    public GroupSteered script(String groupId, ScriptedAssignment next) {
        return steer(groupId, request -> new SteeringEvent.Script(request, next));
    }

    @Override
    public List<PartitionReset> resetOffsets(OffsetReset reset) {
        try {
            return resets.reset(TESTER, reset).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof BrokerException refused ? refused : e;
        }
    }

    private GroupSteered steer(String groupId, LongFunction<SteeringEvent> event) {
        CoordinatedGroup group = groups.find(groupId)
                .orElseThrow(
                        () -> new BrokerException(ErrorCode.GROUP_ID_NOT_FOUND, "there is no group '" + groupId + "'"));
        SteeringOutcome outcome = group.steer(event);
        List<String> memberIds = outcome.orThrow();
        return group.inspect(
                (now, offsets) -> new GroupSteered(groupId, now.listing().state(), epoch(now), memberIds));
    }

    private static int epoch(Group group) {
        if (group instanceof ClassicGroup classic) {
            return classic.generation().id();
        } else if (group instanceof ConsumerGroup consumers) {
            return consumers.epoch();
        }
        throw new IllegalStateException("unexpected " + group);
    }
}
