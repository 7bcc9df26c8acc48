package io.strikemq.application.group;

import io.strikemq.application.coordinator.CoordinatorErrors;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupEvent.Client;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.group.classic.JoinCommand;
import io.strikemq.domain.group.classic.JoinResult;
import io.strikemq.domain.group.classic.LeaveResult;
import io.strikemq.domain.group.classic.LeavingMember;
import io.strikemq.domain.group.classic.SyncCommand;
import io.strikemq.domain.group.classic.SyncResult;
import io.strikemq.domain.port.in.ParticipateInGroup;
import io.strikemq.domain.port.out.Identifiers;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.settings.GroupSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/** The classic group protocol on top of {@link CoordinatedGroups}: finds the group, or says why there is none. */
public final class GroupParticipation implements ParticipateInGroup {
    private final CoordinatedGroups groups;
    private final GroupSettings settings;
    private final Identifiers identifiers;
    private final Executor workers;

    /** {@code workers} run what takes long. */
    public GroupParticipation(
            CoordinatedGroups groups, GroupSettings settings, Identifiers identifiers, Executor workers) {
        this.groups = groups;
        this.settings = settings;
        this.identifiers = identifiers;
        this.workers = workers;
    }

    @Override
    public CompletionStage<JoinResult> join(RequestContext context, JoinCommand command) {
        return groups.whenPrepared(workers, () -> joinPrepared(context, command));
    }

    /** Only a member without an id can call a group into being. */
    private CompletionStage<JoinResult> joinPrepared(RequestContext context, JoinCommand command) {
        ErrorCode refusal = check(command);
        if (refusal != ErrorCode.NONE) {
            return refused(refusal, command);
        }
        Optional<CoordinatedGroup> group;
        try {
            group = command.memberId().isEmpty()
                    ? Optional.of(groups.findOrCreate(command.groupId()))
                    : groups.find(command.groupId());
        } catch (BrokerException e) {
            return refused(CoordinatorErrors.afterFailedAppend(e.error()), command);
        }
        if (group.isEmpty()) {
            return refused(ErrorCode.UNKNOWN_MEMBER_ID, command);
        }
        Client client = new Client(context.clientId(), context.clientAddress());
        CoordinatedGroup joined = group.get();
        Supplier<CompletionStage<JoinResult>> work =
                () -> joined.join(client, withRebalanceTimeout(command), freshMemberId(context, command));
        return joined.mayTakeLongToJoin()
                ? CompletableFuture.supplyAsync(work, workers).thenCompose(Function.identity())
                : work.get();
    }

    private ErrorCode check(JoinCommand command) {
        if (command.groupId().isEmpty()) {
            return ErrorCode.INVALID_GROUP_ID;
        }
        Duration session = command.sessionTimeout();
        boolean legal = session.compareTo(settings.minSessionTimeout()) >= 0
                && session.compareTo(settings.maxSessionTimeout()) <= 0;
        return legal ? ErrorCode.NONE : ErrorCode.INVALID_SESSION_TIMEOUT;
    }

    private static CompletionStage<JoinResult> refused(ErrorCode error, JoinCommand command) {
        return CompletableFuture.completedFuture(JoinResult.refused(error, command.memberId()));
    }

    /** JoinGroup 0 knows no rebalance timeout: the session's holds for both. */
    private static JoinCommand withRebalanceTimeout(JoinCommand command) {
        if (!command.rebalanceTimeout().isNegative()) {
            return command;
        }
        return new JoinCommand(
                command.groupId(),
                command.memberId(),
                command.groupInstanceId(),
                command.sessionTimeout(),
                command.sessionTimeout(),
                command.protocolType(),
                command.protocols(),
                command.idPolicy(),
                command.skipping(),
                command.reason());
    }

    private FreshMemberId freshMemberId(RequestContext context, JoinCommand command) {
        String owner = command.groupInstanceId() == null ? context.clientId() : command.groupInstanceId();
        return new FreshMemberId(owner, identifiers.newUuid());
    }

    @Override
    public CompletionStage<SyncResult> sync(RequestContext context, SyncCommand command) {
        String groupId = command.member().groupId();
        if (groupId.isEmpty()) {
            return CompletableFuture.completedFuture(SyncResult.refused(ErrorCode.INVALID_GROUP_ID));
        }
        Optional<CoordinatedGroup> group = groups.find(groupId);
        return group.isPresent()
                ? group.get().sync(command)
                : CompletableFuture.completedFuture(SyncResult.refused(ErrorCode.UNKNOWN_MEMBER_ID));
    }

    @Override
    public ErrorCode heartbeat(RequestContext context, GroupMember member) {
        if (member.groupId().isEmpty()) {
            return ErrorCode.INVALID_GROUP_ID;
        }
        return groups.find(member.groupId())
                .map(group -> group.heartbeat(member).join())
                .orElse(ErrorCode.UNKNOWN_MEMBER_ID);
    }

    @Override
    public LeaveResult leave(RequestContext context, String groupId, List<LeavingMember> members) {
        if (groupId.isEmpty()) {
            return new LeaveResult(ErrorCode.INVALID_GROUP_ID, List.of());
        }
        return groups.find(groupId)
                .map(group -> group.leave(members).join())
                .orElseGet(() -> new LeaveResult(
                        ErrorCode.NONE,
                        members.stream()
                                .map(member -> new LeaveResult.Left(
                                        member.memberId(), member.groupInstanceId(), ErrorCode.UNKNOWN_MEMBER_ID))
                                .toList()));
    }
}
