package io.strikemq.domain.group.migration;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.Group;
import io.strikemq.domain.group.GroupDeadline;
import io.strikemq.domain.group.GroupDeadline.Kind;
import io.strikemq.domain.group.GroupDeadline.Slot;
import io.strikemq.domain.group.GroupEffect;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.group.Transition;
import io.strikemq.domain.group.classic.ClassicGroup;
import io.strikemq.domain.group.classic.ClassicGroupEvent;
import io.strikemq.domain.group.classic.ClassicGroupRecord;
import io.strikemq.domain.group.classic.ClassicGroupRules;
import io.strikemq.domain.group.classic.ConsumerProtocol;
import io.strikemq.domain.group.classic.JoinCommand;
import io.strikemq.domain.group.classic.JoinCommand.MemberIdPolicy;
import io.strikemq.domain.group.classic.JoinResult;
import io.strikemq.domain.group.classic.LeaveResult;
import io.strikemq.domain.group.classic.LeaveResult.Left;
import io.strikemq.domain.group.classic.LeavingMember;
import io.strikemq.domain.group.classic.SyncCommand;
import io.strikemq.domain.group.classic.SyncResult;
import io.strikemq.domain.group.consumer.ConsumerGroup;
import io.strikemq.domain.group.consumer.ConsumerGroupDraft;
import io.strikemq.domain.group.consumer.ConsumerGroupRules;
import io.strikemq.domain.group.consumer.ConsumerMember;
import io.strikemq.domain.group.consumer.MemberMetadata;
import io.strikemq.domain.group.consumer.MemberMetadata.ClassicProtocols;
import io.strikemq.domain.group.consumer.MemberState;
import io.strikemq.domain.group.consumer.MembershipRules;
import io.strikemq.domain.group.consumer.Topics;
import io.strikemq.domain.group.log.GroupRecord;
import io.strikemq.domain.settings.ConsumerGroupSettings;
import io.strikemq.domain.settings.ConsumerGroupSettings.MigrationPolicy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Members of a consumer group that speak the classic protocol (KIP-848): their joins are answered at once, with the member's epoch as
 * generation, and a heartbeat that says REBALANCE_IN_PROGRESS has them come for what they are to have.
 */
final class ClassicMembers {
    private final ConsumerGroupSettings settings;
    private final ClassicGroupRules classic;
    private final ConsumerGroupRules rules;
    private final MembershipRules membership;
    private final DowngradeToClassic downgrade;
    private final TopicNames names;

    ClassicMembers(
            ConsumerGroupSettings settings,
            ClassicGroupRules classic,
            ConsumerGroupRules rules,
            DowngradeToClassic downgrade,
            Topics topics) {
        this.settings = settings;
        this.classic = classic;
        this.rules = rules;
        this.membership = rules.membership();
        this.downgrade = downgrade;
        this.names = new TopicNames(topics);
    }

    /** What such a member's event makes of the group; refusals are answers. */
    Transition<? extends Group> apply(ConsumerGroup group, ClassicGroupEvent event, long nowMs) {
        if (event instanceof ClassicGroupEvent.Join join) {
            if (group.isEmpty()) {
                return joinEmptied(group, join, nowMs);
            }
            return guarded(group, nowMs, join.request(), draft -> join(draft, join), e -> JoinResult.refused(e, ""));
        } else if (event instanceof ClassicGroupEvent.Sync sync) {
            return guarded(group, nowMs, sync.request(), draft -> sync(draft, sync), SyncResult::refused);
        } else if (event instanceof ClassicGroupEvent.Heartbeat heartbeat) {
            return guarded(group, nowMs, heartbeat.request(), draft -> heartbeat(draft, heartbeat), e -> e);
        } else if (event instanceof ClassicGroupEvent.Leave leave) {
            return leave(new ConsumerGroupDraft(group, nowMs), leave);
        } else if (event instanceof ClassicGroupEvent.Created) {
            throw new IllegalStateException("the group is there already");
        }
        throw new IllegalStateException("unexpected " + event);
    }

    private interface Work {
        Transition<Group> on(ConsumerGroupDraft draft);
    }

    private interface Refusal {
        Object of(ErrorCode error);
    }

    /** What was refused leaves nothing behind but its answer. */
    private static Transition<Group> guarded(
            ConsumerGroup group, long nowMs, long request, Work work, Refusal refusal) {
        try {
            return work.on(new ConsumerGroupDraft(group, nowMs));
        } catch (BrokerException e) {
            ConsumerGroupDraft untouched = new ConsumerGroupDraft(group, nowMs);
            untouched.answer(request, refusal.of(e.error()));
            return untouched.finish();
        }
    }

    /** A consumer group without members is a new classic group for whoever joins it so, with the offsets that are there. */
    private Transition<? extends Group> joinEmptied(ConsumerGroup group, ClassicGroupEvent.Join join, long nowMs) {
        if (!join.command().memberId().isEmpty()) {
            JoinResult unknown = JoinResult.refused(
                    ErrorCode.UNKNOWN_MEMBER_ID, join.command().memberId());
            return new Transition<>(group, List.of(new GroupEffect.Answer(join.request(), unknown)));
        }
        ClassicGroup empty = ClassicGroup.empty(group.groupId(), nowMs);
        // The end of the one and the beginning of the other are one append: between them the log would tell of no group
        // at
        // all, and a refusal there would cost the offsets in memory.
        List<GroupRecord> records = new ArrayList<>(group.tombstones());
        records.add(new ClassicGroupRecord(group.groupId(), empty.snapshot()));
        Transition<ClassicGroup> joined = classic.apply(empty, join, nowMs);
        List<GroupEffect> effects = new ArrayList<>();
        effects.add(new GroupEffect.Append(records));
        effects.add(new GroupEffect.CancelDeadlines());
        effects.addAll(joined.effects());
        return new Transition<>(joined.next(), effects);
    }

    private Transition<Group> join(ConsumerGroupDraft group, ClassicGroupEvent.Join join) {
        JoinCommand command = join.command();
        if (settings.migration() == MigrationPolicy.DISABLED) {
            throw refused(
                    ErrorCode.INCONSISTENT_GROUP_PROTOCOL,
                    "Cannot join the consumer group " + group.groupId()
                            + " with the classic protocol because the group migration is disabled.");
        }
        boolean isNameless = command.memberId().isEmpty();
        String memberId = isNameless ? join.bareMemberId() : command.memberId();
        membership.refuseTooMany(group.before(), memberId, command.groupInstanceId());
        refuseOtherProtocols(group.before(), command, memberId);
        if (isNameless && command.groupInstanceId() == null && command.idPolicy() == MemberIdPolicy.ID_FIRST) {
            group.answer(join.request(), JoinResult.refused(ErrorCode.MEMBER_ID_REQUIRED, memberId));
            return group.finish();
        }
        ConsumerProtocol.Subscription wanted = subscription(command);
        List<ConsumerMember> othersBefore = othersThan(group.before(), command.groupInstanceId());
        boolean replacesConsumer = group.before()
                .memberByInstance(command.groupInstanceId())
                .filter(former -> !former.isClassic())
                .isPresent();
        ConsumerMember before = speaker(group, command, memberId, isNameless);
        ConsumerMember now = before.with(said(before, join, wanted));
        ConsumerGroupRules.Wishes wishes = rules.wish(group, before, now);
        rules.lookAtTopics(group, wishes.areNew());
        List<ConsumerMember> all = new ArrayList<>(othersBefore);
        all.add(now);
        if (replacesConsumer && downgrade.isAllowed(all)) {
            return joinDowngraded(group, join, now, wanted, wishes);
        }
        rules.updateTarget(group);
        ConsumerMember moved = rules.reconcile(group, now, wishes.areNew(), names.listById(wanted.owned()));
        group.answer(join.request(), joined(moved));
        group.cancelDeadline(new Slot(Kind.JOIN, memberId));
        group.setDeadline(new GroupDeadline.Session(memberId), command.sessionTimeout());
        group.setDeadline(new GroupDeadline.MemberSync(memberId), command.rebalanceTimeout());
        return group.finish();
    }

    private static List<ConsumerMember> othersThan(ConsumerGroup group, String instanceId) {
        return group.members().values().stream()
                .filter(member -> instanceId == null || !instanceId.equals(member.instanceId()))
                .toList();
    }

    /** A static member comes back with the classic protocol, and nobody speaks the other any more. */
    private Transition<Group> joinDowngraded(
            ConsumerGroupDraft group,
            ClassicGroupEvent.Join join,
            ConsumerMember member,
            ConsumerProtocol.Subscription wanted,
            ConsumerGroupRules.Wishes wishes) {
        boolean withRebalance = group.assignmentEpoch() < group.epoch();
        ConsumerMember moved = withRebalance
                ? member
                : rules.reconcile(group, member, wishes.areNew(), names.listById(wanted.owned()));
        group.answer(join.request(), joined(moved));
        return downgrade.convert(group, List.copyOf(group.members().values()), withRebalance);
    }

    private static JoinResult joined(ConsumerMember member) {
        return new JoinResult(
                ErrorCode.NONE,
                member.epoch(),
                ConsumerGroup.PROTOCOL_TYPE,
                member.metadata().classic().preferred(),
                "",
                false,
                member.id(),
                List.of());
    }

    private static void refuseOtherProtocols(ConsumerGroup group, JoinCommand command, String memberId) {
        List<ConsumerMember> classic = group.members().values().stream()
                .filter(ConsumerMember::isClassic)
                .toList();
        boolean speaksAlike = ConsumerGroup.PROTOCOL_TYPE.equals(command.protocolType())
                && command.protocols().stream()
                        .anyMatch(protocol -> classic.stream()
                                .allMatch(member -> member.metadata().classic().supports(protocol.name())));
        if (!speaksAlike) {
            throw refused(
                    ErrorCode.INCONSISTENT_GROUP_PROTOCOL, "Member " + memberId + "'s protocols are not supported.");
        }
    }

    private static ConsumerProtocol.Subscription subscription(JoinCommand command) {
        try {
            return ConsumerProtocol.subscription(command.protocols().get(0).metadata());
        } catch (ConsumerProtocol.MalformedException e) {
            throw refused(ErrorCode.INCONSISTENT_GROUP_PROTOCOL, e.getMessage());
        }
    }

    private ConsumerMember speaker(ConsumerGroupDraft group, JoinCommand command, String memberId, boolean isNameless) {
        String instanceId = command.groupInstanceId();
        if (instanceId == null) {
            return membership.knownOrFresh(group, memberId);
        }
        if (!isNameless) {
            return membership.byInstance(group.before(), instanceId, memberId);
        }
        Optional<ConsumerMember> old = group.before().memberByInstance(instanceId);
        return old.isPresent()
                ? membership.replaced(group, old.get(), memberId)
                : membership.knownOrFresh(group, memberId);
    }

    private static MemberMetadata said(
            ConsumerMember before, ClassicGroupEvent.Join join, ConsumerProtocol.Subscription wanted) {
        JoinCommand command = join.command();
        return new MemberMetadata(
                command.groupInstanceId() == null ? before.instanceId() : command.groupInstanceId(),
                wanted.rackId() == null ? before.metadata().rackId() : wanted.rackId(),
                join.client(),
                (int) command.rebalanceTimeout().toMillis(),
                Set.copyOf(wanted.topics()),
                "",
                before.metadata().assignorName(),
                new ClassicProtocols(
                        command.sessionTimeout(),
                        command.protocols().stream()
                                .map(each -> new MemberMetadata.Protocol(each.name(), each.metadata()))
                                .toList()));
    }

    private Transition<Group> sync(ConsumerGroupDraft group, ClassicGroupEvent.Sync sync) {
        SyncCommand command = sync.command();
        ConsumerMember member = classicMember(group.before(), command.member());
        refuseOtherProtocol(member, command);
        boolean isLate = group.assignmentEpoch() > member.epoch()
                && member.current().state() != MemberState.UNREVOKED_PARTITIONS;
        if (isLate) {
            group.answer(sync.request(), SyncResult.refused(ErrorCode.REBALANCE_IN_PROGRESS));
            awaitJoin(group, member);
            return group.finish();
        }
        group.cancelDeadline(new Slot(Kind.SYNC, member.id()));
        group.setDeadline(
                new GroupDeadline.Session(member.id()),
                member.metadata().classic().sessionTimeout());
        group.answer(
                sync.request(),
                new SyncResult(ErrorCode.NONE, command.protocolType(), command.protocolName(), assignment(member)));
        return group.finish();
    }

    private ByteBuffer assignment(ConsumerMember member) {
        try {
            short version = ConsumerProtocol.versionOf(
                    member.metadata().classic().protocols().get(0).metadata());
            return ConsumerProtocol.assignment(
                    names.byName(
                            ConsumerGroupRules.withoutEpochs(member.current().assigned())),
                    version);
        } catch (ConsumerProtocol.MalformedException e) {
            throw new IllegalStateException("a member was let in that says nothing readable", e);
        }
    }

    private static void refuseOtherProtocol(ConsumerMember member, SyncCommand command) {
        boolean isOther = command.protocolType() != null && !ConsumerGroup.PROTOCOL_TYPE.equals(command.protocolType())
                || command.protocolName() != null
                        && !member.metadata().classic().preferred().equals(command.protocolName());
        if (isOther) {
            throw refused(ErrorCode.INCONSISTENT_GROUP_PROTOCOL, "The protocol is not the group's.");
        }
    }

    /** The member of a request, which must be of its generation, as the classic protocol names a member's epoch. */
    private ConsumerMember classicMember(ConsumerGroup group, GroupMember named) {
        ConsumerMember member = named.groupInstanceId() == null
                ? membership.known(group, named.memberId())
                : membership.byInstance(group, named.groupInstanceId(), named.memberId());
        if (!member.isClassic()) {
            throw refused(ErrorCode.UNKNOWN_MEMBER_ID, "Member " + member.id() + " does not use the classic protocol.");
        }
        if (member.epoch() != named.generationId()) {
            throw refused(
                    ErrorCode.ILLEGAL_GENERATION,
                    "The request generation id " + named.generationId() + " is not equal to the member epoch "
                            + member.epoch() + " of member " + member.id() + ".");
        }
        return member;
    }

    private Transition<Group> heartbeat(ConsumerGroupDraft group, ClassicGroupEvent.Heartbeat heartbeat) {
        ConsumerMember member = classicMember(group.before(), heartbeat.member());
        group.setDeadline(
                new GroupDeadline.Session(member.id()),
                member.metadata().classic().sessionTimeout());
        MemberState state = member.current().state();
        boolean hasSomethingToLearn = member.epoch() < group.assignmentEpoch()
                || state == MemberState.UNREVOKED_PARTITIONS
                || state == MemberState.UNRELEASED_PARTITIONS && !group.before().waitsForOthers(member);
        if (hasSomethingToLearn) {
            awaitJoin(group, member);
        }
        group.answer(heartbeat.request(), hasSomethingToLearn ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE);
        return group.finish();
    }

    private static void awaitJoin(ConsumerGroupDraft group, ConsumerMember member) {
        group.effect(new GroupEffect.KeepDeadline(
                new GroupDeadline.MemberJoin(member.id()),
                Duration.ofMillis(Math.max(0, member.metadata().rebalanceTimeoutMs()))));
    }

    private Transition<Group> leave(ConsumerGroupDraft group, ClassicGroupEvent.Leave leave) {
        List<Left> answers = new ArrayList<>();
        Map<String, ConsumerMember> going = new LinkedHashMap<>();
        for (LeavingMember named : leave.members()) {
            ErrorCode error = ErrorCode.NONE;
            try {
                ConsumerMember member = leaving(group.before(), named);
                going.put(member.id(), member);
            } catch (BrokerException e) {
                error = e.error();
            }
            answers.add(new Left(named.memberId(), named.groupInstanceId(), error));
        }
        group.answer(leave.request(), new LeaveResult(ErrorCode.NONE, answers));
        return rules.fencing().fence(group, going.values());
    }

    private ConsumerMember leaving(ConsumerGroup group, LeavingMember named) {
        if (named.groupInstanceId() == null) {
            return membership.known(group, named.memberId());
        }
        if (!named.memberId().isEmpty()) {
            return membership.byInstance(group, named.groupInstanceId(), named.memberId());
        }
        return group.memberByInstance(named.groupInstanceId())
                .orElseThrow(() -> refused(
                        ErrorCode.UNKNOWN_MEMBER_ID, "Instance id " + named.groupInstanceId() + " is unknown."));
    }

    private static BrokerException refused(ErrorCode error, String message) {
        return new BrokerException(error, message);
    }
}
