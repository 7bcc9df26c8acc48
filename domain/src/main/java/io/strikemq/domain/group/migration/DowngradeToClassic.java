package io.strikemq.domain.group.migration;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.Group;
import io.strikemq.domain.group.GroupEffect;
import io.strikemq.domain.group.Transition;
import io.strikemq.domain.group.classic.ClassicGroup;
import io.strikemq.domain.group.classic.ClassicGroup.JoinedMember;
import io.strikemq.domain.group.classic.ClassicGroupRecord;
import io.strikemq.domain.group.classic.ClassicGroupRules;
import io.strikemq.domain.group.classic.ConsumerProtocol;
import io.strikemq.domain.group.classic.JoinCommand;
import io.strikemq.domain.group.consumer.ConsumerGroup;
import io.strikemq.domain.group.consumer.ConsumerGroupDraft;
import io.strikemq.domain.group.consumer.ConsumerMember;
import io.strikemq.domain.group.consumer.Fencing;
import io.strikemq.domain.group.consumer.Topics;
import io.strikemq.domain.settings.ConsumerGroupSettings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a classic group of a consumer group, when the last member of the consumer protocol goes: the others stay, with what they were to
 * have.
 */
final class DowngradeToClassic implements Fencing.Downgrade {
    private final ConsumerGroupSettings settings;
    private final int classicMaxSize;
    private final ClassicGroupRules classic;
    private final TopicNames names;

    DowngradeToClassic(ConsumerGroupSettings settings, int classicMaxSize, ClassicGroupRules classic, Topics topics) {
        this.settings = settings;
        this.classicMaxSize = classicMaxSize;
        this.classic = classic;
        this.names = new TopicNames(topics);
    }

    @Override
    public Optional<Transition<Group>> without(ConsumerGroupDraft group, Collection<ConsumerMember> going) {
        Set<String> gone = new HashSet<>();
        going.forEach(member -> gone.add(member.id()));
        List<ConsumerMember> staying = group.members().values().stream()
                .filter(member -> !gone.contains(member.id()))
                .toList();
        return isAllowed(staying) ? Optional.of(convert(group, staying, true)) : Optional.empty();
    }

    /** Whether a group of these members alone is to be a classic one. */
    boolean isAllowed(Collection<ConsumerMember> members) {
        return !members.isEmpty()
                && settings.migration().allowsDowngrade()
                && members.size() <= classicMaxSize
                && members.stream().allMatch(ConsumerMember::isClassic);
    }

    /** Makes a classic group of these members, all of which speak the classic protocol; they rebalance at once, or not. */
    Transition<Group> convert(ConsumerGroupDraft group, List<ConsumerMember> members, boolean withRebalance) {
        ClassicGroup stable = ClassicGroup.downgraded(
                group.groupId(),
                group.before().epoch(),
                members.stream().map(DowngradeToClassic::joined).toList(),
                member -> assignment(group, member),
                group.nowMs());
        Transition<ClassicGroup> begun = classic.goOn(stable, group.nowMs(), withRebalance);
        List<GroupEffect> effects = new ArrayList<>();
        effects.add(new GroupEffect.CancelDeadlines());
        effects.addAll(begun.effects());
        return group.finish(begun.next(), new ClassicGroupRecord(group.groupId(), stable.snapshot()), effects);
    }

    private static JoinedMember joined(ConsumerMember member) {
        List<JoinCommand.Protocol> protocols = member.metadata().classic().protocols().stream()
                .map(each -> new JoinCommand.Protocol(each.name(), each.metadata()))
                .toList();
        return new JoinedMember(
                member.id(),
                member.instanceId(),
                member.metadata().client(),
                new JoinCommand.MemberMetadata(
                        member.metadata().classic().sessionTimeout(),
                        Duration.ofMillis(member.metadata().rebalanceTimeoutMs()),
                        ConsumerGroup.PROTOCOL_TYPE,
                        protocols));
    }

    private ByteBuffer assignment(ConsumerGroupDraft group, JoinedMember member) {
        try {
            short version = ConsumerProtocol.versionOf(
                    member.metadata().protocols().get(0).metadata());
            return ConsumerProtocol.assignment(names.byName(group.targetOf(member.id())), version);
        } catch (ConsumerProtocol.MalformedException e) {
            throw new BrokerException(
                    ErrorCode.GROUP_ID_NOT_FOUND,
                    "Cannot downgrade the classic group " + group.groupId() + ": " + e.getMessage() + ".");
        }
    }
}
